// SPDX-License-Identifier: MIT
#include "engine/referenced.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// The runs of letters, digits and underscores, folded as the server folds names, and whatever
/// stands in double quotes.
void collect_words(std::string_view text, std::vector<std::string>& words) {
  std::string word;
  bool quoted = false;
  for (const char c : text) {
    const bool part = std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
                      (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (c == '"' || (!quoted && !part)) {
      if (!word.empty()) words.push_back(quoted ? word : text::to_lower(word));
      word.clear();
      if (c == '"') quoted = !quoted;
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(text::to_lower(word));
}

std::vector<std::string> words_of(const Declarations::Relation& relation) {
  std::vector<std::string> words;
  for (const auto& declared : relation.parts)
    if (may_refer_to_others(declared))
      for (const auto& [key, part] : declared.parts) collect_words(part.text, words);
  return words;
}

/// The twin of a relation with the keys that others can refer to.
void create_referable_twin(ProbeTransaction& probe, const Object& relation, const Schema& actual) {
  auto elements = twin_elements(actual, relation.name, {});
  std::vector<std::string> taken;
  for (const auto* object : actual.of_relation(relation.name.schema, relation.name.name))
    if (object->kind->referable && object->kind->element) {
      elements.push_back(object->kind->element(*object));
      taken.push_back(object->name.name);
    }
  probe.deparse();
  probe.create_twin(relation, elements);
  for (const auto* object : actual.of_relation(relation.name.schema, relation.name.name)) {
    const bool built = std::find(taken.begin(), taken.end(), object->name.name) != taken.end();
    if (object->kind->referable && !object->kind->element && !built)
      probe.connection().query(object->kind->statement(on_twin(*object), {}));
  }
}

}  // namespace

bool may_refer_to_others(const Declared& declared) {
  return std::any_of(declared.parts.begin(), declared.parts.end(), [](const auto& entry) {
    return text::to_lower(entry.second.text).find("references") != std::string::npos;
  });
}

void create_referenced_twins(ProbeTransaction& probe, const Declarations::Relation& relation) {
  const auto& self = relation.self.name;
  probe.deparse();
  // The first schema of the path wins, as it would in the real statement.
  const auto result = probe.connection().query(
      "SELECT DISTINCT ON (c.relname) c.oid, n.nspname AS schema, c.relname AS name "
      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "JOIN pg_catalog.unnest($2::text[]) WITH ORDINALITY AS path (schema, place) "
      "ON path.schema = n.nspname "
      "WHERE c.relname = ANY ($1::text[]) AND c.relkind IN ('r', 'p') AND c.relname <> $3 "
      "AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class t "
      "WHERE t.relnamespace = pg_catalog.pg_my_temp_schema() AND t.relname = c.relname) "
      "ORDER BY c.relname, path.place",
      {sql::format_array(words_of(relation)), sql::format_array(probe.path_of(self.schema)),
       self.name});
  for (int row = 0; row < result.rows(); ++row) {
    const auto actual = inspect(
        probe.connection(), probe.kinds(),
        {.everything = false, .relations = {static_cast<unsigned>(result.integer(row, "oid"))}});
    for (const auto* object :
         actual.of_relation(result.str(row, "schema"), result.str(row, "name")))
      if (object->name.relation.empty()) {
        create_referable_twin(probe, *object, actual);
        probe.remember_twin(object->name);
      }
  }
}

}  // namespace pgmend::engine
