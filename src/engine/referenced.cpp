// SPDX-License-Identifier: MIT
#include "engine/referenced.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "util/sql.hpp"
#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// A name with its schema that stands behind REFERENCES in a text.
struct QualifiedName {
  RelationName name;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<QualifiedName> qualified_names(std::string_view text) {
  std::vector<QualifiedName> found;
  const auto words = sql::words(text);
  for (std::size_t i = 0; i + 3 < words.size(); ++i)
    if (words[i].form == sql::Word::Form::bare && words[i].text == "references" &&
        words[i + 1].is_name() && words[i + 2].text == "." && words[i + 3].is_name())
      found.push_back(
          {{words[i + 1].text, words[i + 3].text}, words[i + 1].begin, words[i + 3].end});
  return found;
}

/// The twin of a relation with the keys that others can refer to.
void create_referable_twin(ProbeTransaction& probe, const RelationName& name, unsigned oid,
                           const std::string& twin = {}) {
  const auto actual = inspect(probe.connection(), probe.kinds(),
                              {.everything = false, .relations = {oid}, .schemas = {}});
  const auto* self = actual.relation(name.first, name.second);
  if (!self) return;
  const auto& relation = *self;
  auto elements = twin_elements(actual, relation.name, {});
  std::vector<std::string> taken;
  for (const auto* object : actual.of_relation(relation.name.schema, relation.name.name))
    if (object->kind->referable && object->kind->element) {
      elements.push_back(object->kind->element(*object));
      taken.push_back(object->name.name);
    }
  probe.deparse();
  probe.create_twin(relation, elements, twin);
  for (const auto* object : actual.of_relation(relation.name.schema, relation.name.name)) {
    const bool built = std::find(taken.begin(), taken.end(), object->name.name) != taken.end();
    if (object->kind->referable && !object->kind->element && !built)
      probe.connection().query(object->kind->statement(on_twin(*object, twin), {}));
  }
}

/// For names without a schema: the first schema of the path wins, as in the real statement.
void create_twins_of_bare_names(ProbeTransaction& probe, const Declarations::Relation& relation) {
  const auto& self = relation.self.name;
  probe.deparse();
  const auto result = probe.connection().query(
      "SELECT DISTINCT ON (c.relname) c.oid, n.nspname AS schema, c.relname AS name "
      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "JOIN pg_catalog.unnest($2::text[]) WITH ORDINALITY AS path (schema, place) "
      "ON path.schema = n.nspname "
      "WHERE c.relname = ANY ($1::text[]) AND c.relkind IN ('r', 'p') AND c.relname <> $3 "
      "AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class t "
      "WHERE t.relnamespace = pg_catalog.pg_my_temp_schema() AND t.relname = c.relname) "
      "ORDER BY c.relname, path.place",
      {sql::format_array(names_referred_to(relation)),
       sql::format_array(probe.path_of(self.schema)), self.name});
  for (int row = 0; row < result.rows(); ++row)
    create_referable_twin(probe, {result.str(row, "schema"), result.str(row, "name")},
                          static_cast<unsigned>(result.integer(row, "oid")));
}

/// The name of the twin of `name`, which is made if there is none; empty if there is no such
/// relation, which the server says best.
std::string twin_of_qualified(ProbeTransaction& probe, const Name& self, const RelationName& name) {
  if (name == RelationName{self.schema, self.name}) return self.name;
  const auto result = probe.connection().query(
      "SELECT pg_catalog.to_regclass($1) IS NOT NULL AS has_twin, c.oid FROM (SELECT) AS one "
      "LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = $2 "
      "LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = $3 "
      "AND c.relkind IN ('r', 'p')",
      {twin_name(name.second), name.first, name.second});
  const auto* original = probe.original_of(name.second);
  if (result.boolean(0, "has_twin") && original && *original == name) return name.second;
  if (result.str(0, "oid").empty()) return "";
  const auto oid = result.integer(0, "oid");
  // Its own name may be that of another twin.
  auto twin = fmt::format("pgmend twin {}", oid);
  const auto made = probe.connection().query(
      "SELECT pg_catalog.to_regclass($1) IS NOT NULL AS has_twin", {twin_name(twin)});
  if (!made.boolean(0, "has_twin"))
    create_referable_twin(probe, name, static_cast<unsigned>(oid), twin);
  return twin;
}

/// `text` with the names of twins in place of qualified names behind REFERENCES.
std::string refer_to_twins(ProbeTransaction& probe, const Name& self, std::string text) {
  auto names = qualified_names(text);
  std::reverse(names.begin(), names.end());
  for (const auto& [name, begin, end] : names)
    if (const auto twin = twin_of_qualified(probe, self, name); !twin.empty())
      text.replace(begin, end - begin, twin_name(twin));
  return text;
}

}  // namespace

bool may_refer_to_others(const Declared& declared) {
  return std::any_of(declared.parts.begin(), declared.parts.end(), [](const auto& entry) {
    return text::to_lower(entry.second.text).find("references") != std::string::npos;
  });
}

std::vector<std::string> names_referred_to(const Declarations::Relation& relation) {
  std::vector<std::string> names;
  for (const auto& declared : relation.parts) {
    if (!may_refer_to_others(declared)) continue;
    for (const auto& [key, part] : declared.parts)
      for (auto& word : sql::words(part.text))
        if (word.is_name()) names.push_back(std::move(word.text));
  }
  return names;
}

Declarations::Relation refer_to_twins(ProbeTransaction& probe, Declarations::Relation relation) {
  create_twins_of_bare_names(probe, relation);
  for (auto& declared : relation.parts)
    if (may_refer_to_others(declared))
      for (auto& [key, part] : declared.parts)
        part.text = refer_to_twins(probe, relation.self.name, std::move(part.text));
  return relation;
}

}  // namespace pgmend::engine
