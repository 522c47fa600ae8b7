// SPDX-License-Identifier: MIT
#include "engine/ask_relation.hpp"

#include <fmt/format.h>

#include <algorithm>

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

/// Asks those of `pending`; the ones that name something missing are kept for another round.
std::vector<std::pair<const Declared*, pg::Error>> ask_round(
    ProbeTransaction& probe, const Schema& actual, const Relation& relation,
    const std::vector<const Declared*>& pending, std::vector<Object>& accepted, Answer& answer) {
  std::vector<std::pair<const Declared*, pg::Error>> again;
  for (const auto* declared : pending) {
    try {
      const pg::Savepoint scope(probe.connection());
      for (auto& object : ask_about(*declared, probe, actual, relation, accepted))
        accepted.push_back(std::move(object));
    } catch (const pg::Error& error) {
      if (!probe.connection().is_alive() || !is_about_the_text(error)) throw;
      if (error.is_permission() || is_raised(error))
        leave_unasked(probe.kinds(), *declared, error, answer);
      else if (names_something_missing(error))
        again.emplace_back(declared, error);
      else
        answer.faults.push_back(refused(*declared, error));
    }
  }
  return again;
}

}  // namespace

bool create_full_twin(ProbeTransaction& probe, const Schema& actual, const Relation& relation) {
  try {
    pg::Savepoint scope(probe.connection());
    auto asked = relation;
    for (auto& declared : asked.parts) declared = referring_to_twins(probe, std::move(declared));
    const auto declared_elements = with_element(asked);
    auto elements = twin_elements(actual, relation.self.name, names_of(declared_elements));
    for (const auto* declared : declared_elements)
      elements.push_back(declared->section->element(*declared));
    create_declared_twin(probe, relation.self, std::move(elements));
    probe.parse_in(relation.self.name.schema);
    for (const auto& declared : asked.parts)
      if (declared.section->statement)
        probe.connection().query(
            declared.section->statement(declared, twin_name(relation.self.name.name)));
    scope.release();
    return true;
  } catch (const pg::Error& error) {
    if (!probe.connection().is_alive()) throw;
    return false;
  }
}

std::optional<std::vector<Object>> exactly_as_declared(ProbeTransaction& probe, const Schema& read,
                                                       const Schema& actual,
                                                       const Relation& relation) {
  std::vector<Object> objects;
  std::vector<Reference> known;
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

void ask_one_by_one(ProbeTransaction& probe, const Schema& actual, const Relation& relation,
                    Answer& answer) {
  std::vector<Object> accepted;
  auto pending = with_element(relation);
  for (const auto& declared : relation.parts)
    if (!declared.section->element) pending.push_back(&declared);
  while (!pending.empty()) {
    const auto again = ask_round(probe, actual, relation, pending, accepted, answer);
    if (again.size() == pending.size()) {
      for (const auto& [declared, error] : again)
        answer.faults.push_back(refused(*declared, error));
      break;
    }
    pending.clear();
    for (const auto& [declared, error] : again) pending.push_back(declared);
  }
  for (auto& object : accepted) answer.expected.add(std::move(object));
}

}  // namespace pgmend::engine
