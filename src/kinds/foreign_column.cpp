// SPDX-License-Identifier: MIT
// What a column of a foreign table says to its wrapper (PostgreSQL documentation, CREATE FOREIGN
// TABLE, pg_attribute.attfdwoptions). It has the address of the column, so that it is made after
// it. Options that look like secrets are not read.
//
// Locks: ALTER FOREIGN TABLE takes ACCESS EXCLUSIVE.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/foreign_options.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::foreign_column_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       c.relname AS relation,
       a.attname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       a.attnum AS objsubid,
       given.options,
       given.secrets
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
CROSS JOIN LATERAL (
  SELECT pg_catalog.array_agg(pg_catalog.quote_ident(o.name) || ' '
                              || pg_catalog.quote_literal(o.value) ORDER BY o.name)
           FILTER (WHERE NOT o.secret) AS options,
         pg_catalog.array_agg(o.name ORDER BY o.name) FILTER (WHERE o.secret) AS secrets
  FROM (SELECT p.option_name AS name, p.option_value AS value,
               p.option_name ~* '(pass|secret|token|credential|private|(api|access)_?key)'
                 OR p.option_value ~* '(pass(word|wd|file)?|secret)\s*=|://[^/@]*:[^/@]*@'
                 AS secret
        FROM pg_catalog.pg_options_to_table(a.attfdwoptions) AS p) AS o) AS given
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.relnamespace OFFSET 0) AS n
WHERE c.relkind = 'f' AND a.attnum > 0 AND NOT a.attisdropped AND a.attfdwoptions IS NOT NULL
  -- narrowed: AND c.oid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.relname, a.attnum
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "options",
              .doc = "options. Another remote column is read",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "secrets",
              .doc = "names of options that are not read",
              .form = Attribute::Form::directive,
              .values = "[]"},
};

std::string alter_column(const Object& column, const std::string& action) {
  return fmt::format("ALTER FOREIGN TABLE {} ALTER COLUMN {} {}", relation_sql(column),
                     sql::quote_ident(column.name.name), action);
}

Object without_options(Object column) {
  column.set("options", Value::absent());
  return column;
}

std::string statement(const Object& column, std::span<const std::string>) {
  return alter_column(column, change_options(column, without_options(column)));
}

Recipe alter(std::string statement) {
  return {
      .stages = {in_transaction({std::move(statement)}, Lock::access_exclusive, Cost::catalog)}};
}

Recipe create(const Object& column, std::span<const std::string> elements, const Facts&) {
  if (auto refusal = refusal_for_secrets(column)) return *refusal;
  return alter(statement(column, elements));
}

Recipe mend(const Object& expected, const Object& actual, std::string_view, const Facts&) {
  return alter(alter_column(expected, change_options(expected, actual)));
}

Recipe drop(const Object& column) {
  return alter(alter_column(column, change_options(without_options(column), column)));
}

}  // namespace

const Kind k_foreign_column = {
    .name = "foreign_column",
    .plural = "foreign columns",
    .doc = "the options of a column of a foreign table",
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_foreign_table",
    .attributes = k_attributes,
    .without = "column {relation}.{name} does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::foreign_column_room
