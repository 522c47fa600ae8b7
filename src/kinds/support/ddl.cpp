// SPDX-License-Identifier: MIT
#include "kinds/support/ddl.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "kinds/kinds.hpp"
#include "util/sql.hpp"
#include "util/sql_words.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

const std::string_view k_relation_occupants = R"sql(
SELECT n.nspname AS schema,
       coalesce(t.relname, '') AS relation,
       c.relname AS name,
       CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
                      WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index'
                      WHEN 'I' THEN 'partitioned index'
                      WHEN 'S' THEN 'sequence' || CASE WHEN EXISTS (
                        SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                          AND d.objid = c.oid AND d.deptype = 'i')
                        THEN ' of an identity column' ELSE '' END
                      WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type'
                      ELSE 'relation' END AS what
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
LEFT JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
WHERE c.relname = ANY ($1::text[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname
)sql";

// Array types are not among them: they make room for what wants their name.
const std::string_view k_type_occupants = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       t.typname AS name,
       CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type'
                      WHEN 'm' THEN 'multirange type' WHEN 'b' THEN 'base type'
                      WHEN 'p' THEN 'shell type'
                      ELSE CASE c.relkind WHEN 'c' THEN 'composite type' WHEN 'v' THEN 'view'
                                          WHEN 'm' THEN 'materialized view'
                                          WHEN 'f' THEN 'foreign table' ELSE 'table' END END AS what
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
WHERE t.typname = ANY ($1::text[])
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, t.typname
)sql";

std::string relation_sql(const Object& object) {
  return sql::quote_qualified(object.name.schema, object.name.relation);
}

std::string own_sql(const Object& object) {
  return sql::quote_qualified(object.name.schema, object.name.name);
}

std::string alter_table(const Object& object) {
  return "ALTER TABLE " + relation_sql(object);
}

std::vector<std::string> set_options(const std::string& alter, const Object& expected,
                                     const Object& actual, std::string_view attribute) {
  const auto name = [](const std::string& option) { return option.substr(0, option.find('=')); };
  std::vector<std::string> statements;
  std::set<std::string> expected_names;
  for (const auto& option : sql::parse_array(expected.text(attribute)))
    expected_names.insert(name(option));
  if (!expected_names.empty())
    statements.push_back(fmt::format("{} SET ({})", alter, list(expected.text(attribute))));
  std::vector<std::string> gone;
  for (const auto& option : sql::parse_array(actual.text(attribute)))
    if (!expected_names.contains(name(option))) gone.push_back(name(option));
  if (!gone.empty())
    statements.push_back(fmt::format("{} RESET ({})", alter, text::join(gone, ", ")));
  return statements;
}

bool is_partitioned(const Object* relation) {
  return relation && relation->kind == &k_table && relation->has("form") &&
         relation->text("form") == "partitioned table";
}

bool is_partition(const Object& relation) {
  return relation.kind == &k_table && relation.has("partition_of");
}

bool is_foreign_table(const Object& table) {
  return table.has("form") && table.text("form") == "foreign table";
}

bool is_in_partition_key(const Object& column, const Object& table) {
  if (table.kind != &k_table || !table.has("partition_key")) return false;
  const auto words = sql::words(table.text("partition_key"));
  return std::any_of(words.begin(), words.end(), [&](const sql::Word& word) {
    return word.is_name() && word.text == column.name.name;
  });
}

Lock reading_lock(const Object& object) {
  const auto& needed = object.depends_on;
  const bool reads = std::any_of(needed.begin(), needed.end(), [](const Reference& reference) {
    return reference.kind->home == Kind::Home::relation;
  });
  return reads ? Lock::access_share : Lock::none;
}

std::string list(std::string_view array_text) {
  return text::join(sql::parse_array(array_text), ", ");
}

std::string leading_name(std::string_view text) {
  if (!text.starts_with('"')) return std::string(text.substr(0, text.find(' ')));
  std::size_t end = 1;
  while (end < text.size() && (text[end] != '"' || text.substr(end, 2) == "\"\""))
    end += text[end] == '"' ? 2U : 1U;
  return std::string(text.substr(0, end + 1));
}

std::string unquoted(const std::string& ident) {
  if (!ident.starts_with('"')) return ident;
  return text::replace_all(ident.substr(1, ident.size() - 2), "\"\"", "\"");
}

std::vector<std::string> without(const std::vector<std::string>& texts,
                                 const std::vector<std::string>& others) {
  std::vector<std::string> left;
  for (const auto& text : texts)
    if (std::find(others.begin(), others.end(), text) == others.end()) left.push_back(text);
  return left;
}

std::string helper_name(std::string_view purpose, const Object& object) {
  return sql::truncate_identifier(fmt::format("pgmend_{}_{}", purpose, object.name.name));
}

std::string type_renaming(const Object& type, const std::string& name) {
  return fmt::format("ALTER TYPE {} RENAME TO {}", own_sql(type), sql::quote_ident(name));
}

std::string constraint_renaming(const Object& constraint, const std::string& name) {
  return fmt::format("{} RENAME CONSTRAINT {} TO {}", alter_table(constraint),
                     sql::quote_ident(constraint.name.name), sql::quote_ident(name));
}

Stage in_transaction(std::vector<std::string> statements, Lock lock, Cost cost) {
  return {.form = Stage::Form::transaction,
          .statements = std::move(statements),
          .lock = lock,
          .cost = cost};
}

Stage alter_action(const Object& object, std::string action, Lock lock, Cost cost) {
  return {.form = Stage::Form::transaction,
          .statements = {std::move(action)},
          .head = alter_table(object),
          .lock = lock,
          .cost = cost};
}

std::optional<Consent> rewrite_over_rows(const Facts& facts) {
  return facts.relation_has_rows ? std::optional(Consent::rewrite) : std::nullopt;
}

Recipe in_catalogs(std::vector<std::string> statements) {
  return {.stages = {in_transaction(std::move(statements), Lock::none, Cost::catalog)}};
}

Recipe made_anew() {
  return {.stages = {}, .anew = true};
}

Stage alone(std::string statement, Lock lock, Cost cost, std::string undo) {
  return {.form = Stage::Form::alone,
          .statements = {std::move(statement)},
          .lock = lock,
          .cost = cost,
          .undo = std::move(undo)};
}

Stage precondition(std::string query, std::string refusal, std::string hint, std::string examples) {
  Stage stage = {.form = Stage::Form::precondition,
                 .statements = {std::move(query)},
                 .lock = Lock::access_share,
                 .cost = Cost::scan,
                 .refusal = std::move(refusal),
                 .hint = std::move(hint)};
  if (!examples.empty()) stage.statements.push_back(std::move(examples));
  return stage;
}

}  // namespace pgmend::kinds
