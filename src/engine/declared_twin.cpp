// SPDX-License-Identifier: MIT
#include "engine/declared_twin.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// The long form speaks only of the attributes it names, and of what their texts bring along.
void apply_form(const Declared& declared, Object& object) {
  for (std::size_t i = 0; i < object.values.size(); ++i)
    if (object.kind->attributes[i].only_if_stated && !object.values[i].is_present())
      object.values.set(i, Value::unspecified());
  if (declared.is_short()) return;
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const auto& attribute = object.kind->attributes[i];
    const bool named = std::any_of(
        declared.section->keys.begin(), declared.section->keys.end(),
        [&](const Key& key) { return key.attribute == attribute.name && declared.part(key.name); });
    if (!named && !object.values[i].is_present()) object.values.set(i, Value::unspecified());
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
  object.values = std::vector(object.kind->attributes.size(), Value::unspecified());
  object.where = declared.where;
  for (const auto& key : declared.section->keys)
    if (const auto* part = declared.part(key.name);
        part && key.name == key.attribute && key.form == Key::Form::boolean)
      object.set(key.attribute, part->text == "true" ? Value::present("true") : Value::absent());
  return object;
}

std::string sentinel_element() {
  return fmt::format("CONSTRAINT {} CHECK (true)", sql::quote_ident(k_sentinel));
}

bool is_declared_as(const Object& object, const Declared& declared) {
  return object.kind->section == declared.section && object.name == declared.name;
}

void create_declared_twin(ProbeTransaction& probe, const Declared& self,
                          std::vector<std::string> elements) {
  elements.push_back(sentinel_element());
  probe.parse_in(self.name.schema);
  probe.create_twin(bare_object(probe.kinds(), self), elements);
}

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

bool all_read(const Schema& read, const Name& relation) {
  const auto* self = read.relation(relation.schema, relation.group());
  return self && !self->has("unread");
}

void complete(ProbeTransaction& probe, const Declared& declared, Object& object) {
  object.where = declared.where;
  apply_form(declared, object);
  for (const auto& key : declared.section->keys)
    if (const auto* part = declared.part(key.name); part && key.form == Key::Form::expression)
      object.set(key.attribute,
                 Value::present(canonical_expression(probe, object.name, part->text)));
}

}  // namespace pgmend::engine
