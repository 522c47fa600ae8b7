// SPDX-License-Identifier: MIT
#include "engine/ask_relation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

#include "engine/declared_twin.hpp"
#include "engine/question.hpp"
#include "engine/referenced.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

using Relation = Declarations::Relation;

/// A text that names something that is not there (yet): another text may bring it.
bool names_something_missing(const pg::Error& error) {
  return error.is("42703") || error.is("42P01") || error.is("42704") || error.is("42883");
}

/// Not a lock that could not be had, a full disk or a cancelled statement.
bool is_about_the_text(const pg::Error& error) {
  return !error.is_lock_conflict() && !error.in_class("53") && !error.in_class("57") &&
         !error.in_class("58");
}

std::vector<const Declared*> with_element(const Relation& relation) {
  std::vector<const Declared*> found;
  for (const auto& declared : relation.parts)
    if (declared.section->element) found.push_back(&declared);
  return found;
}

std::vector<Name> names_of(const std::vector<const Declared*>& all) {
  std::vector<Name> names;
  for (const auto* declared : all) names.push_back(declared->name);
  return names;
}

/// Where the text ends too early or goes on too long, the server stumbles over what we put behind
/// it and quotes that. This is its message without the quotation.
std::string refusal_words(const pg::Error& error) {
  std::string message = error.what();
  const std::string_view query = error.parts().query;
  const auto sentinel = query.find(sentinel_element());
  const auto quotation = message.find(" at or near ");
  if (sentinel == std::string_view::npos || quotation == std::string::npos) return message;
  const auto end_of_text = query.find_last_not_of(", \n", sentinel - 1) + 1;
  const auto position = static_cast<std::size_t>(error.parts().position);
  if (position > text::width(query.substr(0, end_of_text)))
    return message.substr(0, quotation) + " at the end of the text";
  const bool quotes_ours = message.find(k_sentinel, quotation) != std::string::npos;
  return quotes_ours ? message.substr(0, quotation) : message;
}

Fault refused(const Declared& declared, const pg::Error& error) {
  auto hint = error.parts().hint;
  if (hint.empty() && names_something_missing(error))
    hint = "if it is not a misspelling, create it first, or name its schema under `search_path:`";
  if (hint.empty() && error.is("42601")) hint = "write what would follow the name in SQL";
  if (hint.empty()) hint = "that is the server's answer to this text; correct it in the spec";
  return {declared.where, display(declared.name), refusal_words(error), hint};
}

/// The text may be right: this role may not use something it names, or is kept from finding out.
void leave_unasked(Kinds kinds, const Declared& declared, const pg::Error& error, Answer& answer) {
  const auto object = bare_object(kinds, declared);
  auto hint = error.parts().hint;
  if (hint.empty())
    hint = error.is_permission()
               ? "grant the role what the text names, or run as a role that may use it"
               : "code in the database that watches what is created raised this; run as a role "
                 "that it lets pass";
  answer.unasked.push_back({object, error.what(), hint});
  answer.expected.add(object);
}

/// Not the server but code that watches what is created refuses: that is not about the text.
bool is_raised(const pg::Error& error) {
  return error.is("P0001");  // raise_exception
}

/// Creates the twin of a relation with declared texts in place, and with these elements.
void create_twin(ProbeTransaction& probe, const Schema& actual, Relation asked,
                 std::vector<std::string> others) {
  for (auto& declared : asked.parts) declared = referring_to_twins(probe, std::move(declared));
  const auto declared_elements = with_element(asked);
  auto elements = twin_elements(actual, asked.self.name, names_of(declared_elements));
  for (auto& element : others) elements.push_back(std::move(element));
  for (const auto* declared : declared_elements)
    elements.push_back(declared->section->element(*declared));
  create_declared_twin(probe, asked.self, std::move(elements));
  probe.parse_in(asked.self.name.schema);
  for (const auto& declared : asked.parts)
    if (declared.section->statement)
      probe.connection().query(
          declared.section->statement(declared, twin_name(asked.self.name.name)));
}

using Group = std::span<const Declared* const>;

/// Asks about declarations of one relation; the twin has what was accepted before.
class Halving {
 public:
  Halving(ProbeTransaction& probe, const Schema& actual, const Relation& relation, Answer& answer)
      : m_probe(probe), m_actual(actual), m_relation(relation), m_answer(answer) {}

  /// All of it together was not exactly as declared, which is known already the first time.
  void ask(Group pending, bool is_known_to_fail) {
    if (pending.empty()) return;
    if (pending.size() == 1) return ask_alone(*pending.front());
    if (!is_known_to_fail && ask_together(pending)) return;
    const auto half = pending.size() / 2;
    ask(pending.first(half), false);
    ask(pending.subspan(half), false);
  }

  /// Those that name something missing, for another round.
  std::vector<std::pair<const Declared*, pg::Error>> take_again() { return std::move(m_again); }
  std::vector<Object> take_accepted() { return std::move(m_accepted); }

 private:
  void ask_alone(const Declared& declared) {
    try {
      const pg::Savepoint scope(m_probe.connection());
      for (auto& object : ask_about(declared, m_probe, m_actual, m_relation, m_accepted))
        m_accepted.push_back(std::move(object));
    } catch (const pg::Error& error) {
      if (!m_probe.connection().is_alive() || !is_about_the_text(error)) throw;
      if (error.is_permission() || is_raised(error))
        leave_unasked(m_probe.kinds(), declared, error, m_answer);
      else if (names_something_missing(error))
        m_again.emplace_back(&declared, error);
      else
        m_answer.faults.push_back(refused(declared, error));
    }
  }

  /// Whether they came out exactly as declared.
  bool ask_together(Group group) {
    Relation asked = {.self = m_relation.self, .parts = {}};
    for (const auto* declared : group) asked.parts.push_back(*declared);
    try {
      const pg::Savepoint scope(m_probe.connection());
      create_twin(m_probe, m_actual, asked, accepted_elements(asked));
      const auto& self = m_relation.self.name;
      const auto read = m_probe.read_twins({{self.schema, self.name}});
      auto objects = exactly_as_declared(m_probe, read, m_actual, asked, accepted_beside(asked));
      if (!objects) return false;
      for (auto& object : *objects) m_accepted.push_back(std::move(object));
      return true;
    } catch (const pg::Error& error) {
      if (!m_probe.connection().is_alive() || !is_about_the_text(error)) throw;
      return false;
    }
  }

  /// What was accepted and texts can name, but for what is asked about now.
  std::vector<const Object*> accepted_besides(const Relation& asked) const {
    std::set<Name> names;
    for (const auto& declared : asked.parts) names.insert(declared.name);
    std::vector<const Object*> found;
    for (const auto& object : m_accepted)
      if (object.kind->twin_element && !names.contains(object.name)) found.push_back(&object);
    return found;
  }

  std::vector<std::string> accepted_elements(const Relation& asked) const {
    std::vector<std::string> elements;
    for (const auto* object : accepted_besides(asked))
      if (!m_actual.find(*object->kind, object->name))
        elements.push_back(object->kind->twin_element(*object));
    return elements;
  }

  std::vector<Reference> accepted_beside(const Relation& asked) const {
    std::vector<Reference> known;
    for (const auto* object : accepted_besides(asked))
      known.push_back({object->kind, object->name});
    return known;
  }

  ProbeTransaction& m_probe;
  const Schema& m_actual;
  const Relation& m_relation;
  Answer& m_answer;
  std::vector<Object> m_accepted;
  std::vector<std::pair<const Declared*, pg::Error>> m_again;
};

}  // namespace

bool create_full_twin(ProbeTransaction& probe, const Schema& actual, const Relation& relation) {
  try {
    pg::Savepoint scope(probe.connection());
    create_twin(probe, actual, relation, {});
    scope.release();
    return true;
  } catch (const pg::Error& error) {
    if (!probe.connection().is_alive()) throw;
    return false;
  }
}

std::optional<std::vector<Object>> exactly_as_declared(ProbeTransaction& probe, const Schema& read,
                                                       const Schema& actual,
                                                       const Relation& relation,
                                                       std::vector<Reference> known) {
  std::vector<Object> objects;
  for (const auto& declared : relation.parts) {
    const auto members = read.of_relation(relation.self.name.schema, relation.self.name.name);
    const auto found = std::find_if(members.begin(), members.end(), [&](const Object* object) {
      return is_declared_as(*object, declared);
    });
    if (found == members.end()) return std::nullopt;
    auto object = **found;
    try {
      complete(probe, declared, object);
    } catch (const pg::Error& error) {
      if (!probe.connection().is_alive()) throw;
      return std::nullopt;
    }
    known.push_back({object.kind, object.name});
    objects.push_back(std::move(object));
  }
  for (const auto& object : news_of(read, actual, relation.self.name, known)) {
    const bool is_declared =
        std::any_of(relation.parts.begin(), relation.parts.end(),
                    [&](const Declared& declared) { return is_declared_as(object, declared); });
    if (!is_declared && object.kind->section && object.kind->section->element) return std::nullopt;
  }
  if (!all_read(read, relation.self.name)) return std::nullopt;
  return objects;
}

void ask_by_halves(ProbeTransaction& probe, const Schema& actual, const Relation& relation,
                   Answer& answer) {
  Halving halving(probe, actual, relation, answer);
  auto pending = with_element(relation);
  for (const auto& declared : relation.parts)
    if (!declared.section->element) pending.push_back(&declared);
  for (bool is_known_to_fail = true; !pending.empty(); is_known_to_fail = false) {
    halving.ask(pending, is_known_to_fail);
    const auto again = halving.take_again();
    if (again.size() == pending.size()) {
      for (const auto& [declared, error] : again)
        answer.faults.push_back(refused(*declared, error));
      break;
    }
    pending.clear();
    for (const auto& [declared, error] : again) pending.push_back(declared);
  }
  for (auto& object : halving.take_accepted()) answer.expected.add(std::move(object));
}

}  // namespace pgmend::engine
