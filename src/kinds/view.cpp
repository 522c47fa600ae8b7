// SPDX-License-Identifier: MIT
// Views (PostgreSQL documentation, CREATE VIEW, section 41.2). A view is its query as the server
// prints it; the names of its columns stand in that. Their defaults (ALTER VIEW ... SET DEFAULT)
// are for INSERTs into the view, and stay when it is replaced.
//
// Locks: CREATE OR REPLACE takes a short ACCESS EXCLUSIVE on the view and only ACCESS SHARE on what
// it reads. It can add columns at the end and change nothing else about columns: then the view is
// made anew, and what rests on it with it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/heritage.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/relation_options.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::view_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.relname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS definition,
       (SELECT pg_catalog.array_agg(
                 pg_catalog.regexp_replace(pg_catalog.regexp_replace(
                   o, '=(on|yes|1)$', '=true', 'i'), '=(off|no|0)$', '=false', 'i') ORDER BY o)
        FROM pg_catalog.unnest(c.reloptions) AS o) AS options,
       CASE WHEN a.has_defaults
            THEN (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(x.attname) || ' DEFAULT '
                                              || pg_catalog.pg_get_expr(d.adbin, 0)
                                              ORDER BY x.attname)
                  FROM pg_catalog.pg_attrdef d
                  JOIN pg_catalog.pg_attribute x ON x.attrelid = c.oid AND x.attnum = d.adnum
                  WHERE d.adrelid = c.oid) END AS defaults,
       a.columns
FROM pg_catalog.pg_class c
CROSS JOIN LATERAL (
  SELECT pg_catalog.array_agg(pg_catalog.quote_ident(a.attname) || ' '
                              || pg_catalog.format_type(a.atttypid, a.atttypmod)
                              ORDER BY a.attnum) AS columns,
         pg_catalog.bool_or(a.atthasdef) AS has_defaults
  FROM pg_catalog.pg_attribute a
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped OFFSET 0) AS a
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.relnamespace OFFSET 0) AS n
WHERE c.relkind = 'v'
  -- narrowed: AND c.oid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.relname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "definition",
              .doc = "the query. Queries get other rows or columns",
              .form = Attribute::Form::text,
              .judge = judge_replace},
    Attribute{.name = "options",
              .doc = "security_barrier, security_invoker, check_option. It shows rows with other "
                     "rights, or lets rows be written that it does not show",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "defaults",
              .doc = "defaults of its columns. INSERTs into it that leave a column out store "
                     "another value, or NULL",
              .form = Attribute::Form::text,
              .judge = judge_alter,
              .comes_last = true},
    Attribute{.name = "columns",
              .doc = "names and types of its columns",
              .form = Attribute::Form::directive,
              .values = "[]"},
};

using Texts = std::vector<std::string>;

/// Each a column and its default: "name DEFAULT 5".
Texts defaults_of(const Object& view) {
  return sql::parse_array(view.text("defaults"));
}

std::string alter_column(const Object& view, std::string_view column, std::string_view action) {
  return fmt::format("ALTER VIEW {} ALTER COLUMN {} {}", own_sql(view), column, action);
}

Texts set_defaults(const Object& view, const Texts& defaults) {
  Texts statements;
  for (const auto& each : defaults) {
    const auto column = leading_name(each);
    statements.push_back(alter_column(view, column, "SET" + each.substr(column.size())));
  }
  return statements;
}

Texts after_statement(const Object& view, const Facts&) {
  return set_defaults(view, defaults_of(view));
}

std::string create_sql(const Object& view, std::string_view create) {
  return fmt::format("{} {}{} AS\n{}", create, own_sql(view), relation_options_sql(view, " "),
                     view.text("definition"));
}

std::string statement(const Object& view, std::span<const std::string>) {
  return create_sql(view, "CREATE VIEW");
}

Recipe create(const Object& view, std::span<const std::string> elements, const Facts& facts) {
  auto statements = after_statement(view, facts);
  statements.insert(statements.begin(), statement(view, elements));
  return {.stages = {in_transaction(std::move(statements), reading_lock(view), Cost::catalog)}};
}

/// Whether the columns that are there stay, and new ones come behind them.
bool only_adds_columns(const Object& expected, const Object& actual) {
  const auto wanted = sql::parse_array(expected.text("columns"));
  const auto found = sql::parse_array(actual.text("columns"));
  return found.size() <= wanted.size() && std::equal(found.begin(), found.end(), wanted.begin());
}

Recipe mend_defaults(const Object& expected, const Object& actual) {
  const auto wanted = defaults_of(expected);
  auto statements = set_defaults(expected, without(wanted, defaults_of(actual)));
  for (const auto& each : defaults_of(actual)) {
    const auto column = leading_name(each);
    if (std::none_of(wanted.begin(), wanted.end(),
                     [&](const std::string& other) { return leading_name(other) == column; }))
      statements.push_back(alter_column(expected, column, "DROP DEFAULT"));
  }
  return {.stages = {in_transaction(std::move(statements), Lock::access_exclusive, Cost::catalog)}};
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  if (attribute == "defaults") return mend_defaults(expected, actual);
  if (attribute == "options")
    return mend_relation_options(expected, actual, "ALTER VIEW", Lock::access_exclusive);
  if (!only_adds_columns(expected, actual)) return made_anew();
  return {.stages = {in_transaction({create_sql(expected, "CREATE OR REPLACE VIEW")},
                                    Lock::access_exclusive, Cost::catalog)}};
}

Recipe drop(const Object& view) {
  return {.stages = {in_transaction({"DROP VIEW " + own_sql(view)}, Lock::access_exclusive,
                                    Cost::catalog)}};
}

}  // namespace

const Kind k_view = {
    .name = "view",
    .plural = "views",
    .doc = "a view with its query, its options and the defaults of its columns",
    .owner = "",
    .catalog_query = k_query,
    // Each has a rule, and there are far fewer of these than relations.
    .presence_query =
        "SELECT FROM pg_catalog.pg_rewrite w "
        "JOIN pg_catalog.pg_class c ON c.oid = w.ev_class "
        "WHERE c.relkind = 'v' AND w.oid >= 16384\n"
        "-- narrowed: AND c.oid = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "relation \"{name}\" does not exist",
    .is_query = true,
    .heritage_query = k_heritage_query,
    .relkinds = "{v}",
    .occupants_query = k_relation_occupants,
    .after_element = after_statement,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::view_room
