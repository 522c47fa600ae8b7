// SPDX-License-Identifier: MIT
#include "engine/ask_relation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/referenced.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

using Relation = Declarations::Relation;

/// Stands behind the declared texts on every twin, so that a text that closes the parenthesis, or
/// goes on with options of its own, is a syntax error.
constexpr std::string_view k_sentinel = "pgmend sentinel";

std::string sentinel_element() {
  return fmt::format("CONSTRAINT {} CHECK (true)", sql::quote_ident(k_sentinel));
}

/// A text that names something that is not there (yet): another text may bring it.
bool names_something_missing(const pg::Error& error) {
  return error.is("42703") || error.is("42P01") || error.is("42704") || error.is("42883");
}

/// Not a lock that could not be had, a full disk or a cancelled statement.
bool is_about_the_text(const pg::Error& error) {
  return !error.is_lock_conflict() && !error.in_class("53") && !error.in_class("57") &&
         !error.in_class("58");
}

bool is_declared_as(const Object& object, const Declared& declared) {
  return object.kind->section == declared.section && object.name == declared.name;
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

bool refers_to_others(const Relation& relation) {
  return std::any_of(relation.parts.begin(), relation.parts.end(),
                     [](const Declared& declared) { return may_refer_to_others(declared); });
}

void create_declared_twin(ProbeTransaction& probe, const Relation& relation,
                          std::vector<std::string> elements, bool refers) {
  const auto& self = relation.self;
  if (refers) create_referenced_twins(probe, relation);
  elements.push_back(sentinel_element());
  probe.parse_in(self.name.schema, refers);
  probe.create_twin(bare_object(probe.kinds(), self), elements);
}

/// Objects on the twin that do not belong to what the relation has anyway. What a declared
/// object brings along by itself is of a kind that is never an element, and does not count.
std::vector<Object> news_of(const Schema& read, const Schema& actual, const Name& relation,
                            const std::vector<Reference>& known) {
  std::vector<Object> news;
  for (const auto* object : read.of_relation(relation.schema, relation.group())) {
    if (object->name == relation || object->name.name == k_sentinel) continue;
    const bool base = object->kind->twin_element && actual.find(*object->kind, object->name);
    const bool is_known =
        std::find(known.begin(), known.end(), Reference{object->kind, object->name}) != known.end();
    if (!base && !is_known) news.push_back(*object);
  }
  return news;
}

/// What no kind reads would pass unseen; the relation itself says whether there is such a thing.
bool all_read(const Schema& read, const Name& relation) {
  for (const auto* object : read.of_relation(relation.schema, relation.group()))
    if (object->name == relation) return !object->has("unread");
  return false;
}

/// The long form speaks only of the attributes it names, and of what their texts bring along.
void apply_form(const Declared& declared, Object& object) {
  if (declared.is_short()) return;
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const auto& attribute = object.kind->attributes[i];
    const bool named = std::any_of(
        declared.section->keys.begin(), declared.section->keys.end(),
        [&](const Key& key) { return key.attribute == attribute.name && declared.part(key.name); });
    if (!named && !object.values[i].is_present()) object.values[i] = Value::unspecified();
  }
}

std::string canonical_expression(ProbeTransaction& probe, const Name& relation,
                                 const std::string& expression) {
  constexpr std::string_view k_before = "SELECT ";
  const auto twin = twin_name(relation.group());
  const pg::Savepoint scope(probe.connection());
  probe.parse_in(relation.schema);
  probe.connection().query(
      fmt::format("CREATE TEMPORARY VIEW \"pgmend probe\" AS SELECT ({}\n) AS value FROM {}",
                  expression, twin));
  probe.deparse();
  const auto result = probe.connection().query(
      "SELECT pg_catalog.pg_get_viewdef('pg_temp.\"pgmend probe\"'::pg_catalog.regclass) AS text");
  const auto text = result.str(0, "text");
  const auto view = text::trim(text);
  const auto end = view.rfind(" AS value\n");
  if (!view.starts_with(k_before) || end == std::string_view::npos)
    throw pg::Error({.sqlstate = "42601",
                     .message = "it is not one expression",
                     .detail = "",
                     .hint = "",
                     .query = expression});
  return std::string(view.substr(k_before.size(), end - k_before.size()));
}

/// Turns the object read back into what the declaration expects. Throws pg::Error.
void complete(ProbeTransaction& probe, const Declared& declared, Object& object) {
  object.where = declared.where;
  apply_form(declared, object);
  for (const auto& key : declared.section->keys)
    if (const auto* part = declared.part(key.name); part && key.form == Key::Form::expression)
      object.set(key.attribute,
                 Value::present(canonical_expression(probe, object.name, part->text)));
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

/// The text may be right, but this role may not use something it names.
void leave_unasked(Kinds kinds, const Declared& declared, const pg::Error& error, Answer& answer) {
  const auto object = bare_object(kinds, declared);
  answer.unasked.push_back({object, error.what()});
  answer.expected.add(object);
}

/// One question: a twin with this declaration in place, everything else as it is.
class Question {
 public:
  Question(ProbeTransaction& probe, const Schema& actual, const Relation& relation,
           const std::vector<Object>& accepted)
      : m_probe(probe), m_actual(actual), m_relation(relation), m_accepted(accepted) {}

  /// What came of it, the declared object first. Throws pg::Error if the server refuses.
  std::vector<Object> ask(const Declared& declared) {
    const auto& self = m_relation.self;
    std::vector<Reference> known;
    auto elements = twin_elements(m_actual, self.name, {declared.name});
    for (const auto& object : m_accepted) {
      if (!object.kind->twin_element || object.name == declared.name) continue;
      known.push_back({object.kind, object.name});
      if (!m_actual.find(*object.kind, object.name))
        elements.push_back(object.kind->twin_element(object));
    }
    if (may_refer_to_others(declared)) add_own_keys(declared, elements, known);
    if (declared.section->element) elements.push_back(declared.section->element(declared));
    create_declared_twin(m_probe, m_relation, std::move(elements), may_refer_to_others(declared));
    m_probe.parse_in(self.name.schema);
    if (declared.section->statement)
      m_probe.connection().query(declared.section->statement(declared, twin_name(self.name.name)));
    return sort_out(declared, known);
  }

 private:
  /// A relation may refer to itself: then its own keys have to be there.
  void add_own_keys(const Declared& declared, std::vector<std::string>& elements,
                    std::vector<Reference>& known) const {
    const auto add = [&](const Object& object) {
      const Reference key = {object.kind, object.name};
      if (!object.kind->referable || !object.kind->element || object.name == declared.name ||
          std::find(known.begin(), known.end(), key) != known.end())
        return;
      elements.push_back(object.kind->element(object));
      known.push_back(key);
    };
    const auto& self = m_relation.self.name;
    for (const auto* object : m_actual.of_relation(self.schema, self.name)) add(*object);
    for (const auto& object : m_accepted) add(object);
  }

  std::vector<Object> sort_out(const Declared& declared, const std::vector<Reference>& known) {
    const auto& self = m_relation.self.name;
    const auto read = m_probe.read_twins({{self.schema, self.name}});
    std::vector<Object> objects;
    for (auto& object : news_or_declared(read, declared, known)) {
      if (is_declared_as(object, declared)) {
        complete(m_probe, declared, object);
        objects.insert(objects.begin(), std::move(object));
      } else if (object.kind->section && object.kind->section->element) {
        if (!declared.section->brings_others || object.kind->section == declared.section)
          too_much(declared, fmt::format("it also declares {}", display(object.name)));
        object.where = declared.where;
        object.any_name = true;
        objects.push_back(std::move(object));
      }
    }
    if (objects.empty() || !is_declared_as(objects.front(), declared))
      too_much(declared, "it does not declare what its name says");
    if (!all_read(read, self))
      too_much(declared, "it brings something along that pgmend does not compare");
    return objects;
  }

  std::vector<Object> news_or_declared(const Schema& read, const Declared& declared,
                                       const std::vector<Reference>& known) {
    auto news = news_of(read, m_actual, m_relation.self.name, known);
    for (const auto* object :
         read.of_relation(m_relation.self.name.schema, m_relation.self.name.name))
      if (is_declared_as(*object, declared) &&
          std::none_of(news.begin(), news.end(),
                       [&](const Object& n) { return is_declared_as(n, declared); }))
        news.insert(news.begin(), *object);
    return news;
  }

  [[noreturn]] static void too_much(const Declared& declared, const std::string& message) {
    throw pg::Error({.sqlstate = "42601",
                     .message = message,
                     .detail = "",
                     .hint = "declare each thing under its own name",
                     .query = declared.name.name});
  }

  ProbeTransaction& m_probe;
  const Schema& m_actual;
  const Relation& m_relation;
  const std::vector<Object>& m_accepted;
};

/// Asks those of `pending`; the ones that name something missing are kept for another round.
std::vector<std::pair<const Declared*, pg::Error>> ask_round(
    ProbeTransaction& probe, const Schema& actual, const Relation& relation,
    const std::vector<const Declared*>& pending, std::vector<Object>& accepted, Answer& answer) {
  std::vector<std::pair<const Declared*, pg::Error>> again;
  for (const auto* declared : pending) {
    try {
      const pg::Savepoint scope(probe.connection());
      for (auto& object : Question(probe, actual, relation, accepted).ask(*declared))
        accepted.push_back(std::move(object));
    } catch (const pg::Error& error) {
      if (!probe.connection().is_alive() || !is_about_the_text(error)) throw;
      if (error.is_permission())
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

namespace {

bool begins_with(const Declared& declared, std::string_view keyword) {
  const auto* definition = declared.part("definition");
  return definition &&
         text::to_lower(text::trim(definition->text)).starts_with(text::to_lower(keyword));
}

const Kind* likely_kind(Kinds kinds, const Declared& declared) {
  const Kind* first = nullptr;
  for (const auto* kind : kinds) {
    if (kind->section != declared.section) continue;
    if (kind->keyword.empty() || begins_with(declared, kind->keyword)) return kind;
    if (!first) first = kind;
  }
  return first;
}

}  // namespace

Object bare_object(Kinds kinds, const Declared& declared) {
  Object object;
  object.kind = likely_kind(kinds, declared);
  object.name = declared.name;
  object.values.assign(object.kind->attributes.size(), Value::unspecified());
  object.where = declared.where;
  for (const auto& key : declared.section->keys)
    if (const auto* part = declared.part(key.name);
        part && key.name == key.attribute && key.form == Key::Form::boolean)
      object.set(key.attribute, part->text == "true" ? Value::present("true") : Value::absent());
  return object;
}

bool create_full_twin(ProbeTransaction& probe, const Schema& actual, const Relation& relation) {
  try {
    pg::Savepoint scope(probe.connection());
    const auto declared_elements = with_element(relation);
    auto elements = twin_elements(actual, relation.self.name, names_of(declared_elements));
    for (const auto* declared : declared_elements)
      elements.push_back(declared->section->element(*declared));
    create_declared_twin(probe, relation, std::move(elements), refers_to_others(relation));
    probe.parse_in(relation.self.name.schema);
    for (const auto& declared : relation.parts)
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
