// SPDX-License-Identifier: MIT
// Extended statistics (PostgreSQL documentation, section 14.2.2, and pg_statistic_ext in section
// 53.52), of tables and of materialized views. What they hold is made anew by ANALYZE, so they can
// be replaced.
//
// Locks: SHARE UPDATE EXCLUSIVE on the table, which lets reads and writes pass.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::statistics_room {

namespace {

// Columns and expressions are sorted: their order says nothing, and the catalogs have it from the
// order of the table's columns.
constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       t.relname AS relation,
       s.stxname AS name,
       'pg_catalog.pg_statistic_ext'::pg_catalog.regclass::oid AS classid,
       s.oid AS objid,
       0 AS objsubid,
       CASE WHEN s.stxnamespace <> t.relnamespace THEN sn.nspname END AS in_schema,
       (SELECT pg_catalog.array_agg(CASE u.kind WHEN 'd' THEN 'ndistinct'
                                                WHEN 'f' THEN 'dependencies'
                                                ELSE 'mcv' END ORDER BY u.kind)
        FROM pg_catalog.unnest(s.stxkind) AS u (kind) WHERE u.kind IN ('d', 'f', 'm')) AS kinds,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(a.attname) ORDER BY a.attname)
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys::int2[])) AS columns,
       (SELECT pg_catalog.array_agg('(' || u.text || ')' ORDER BY u.text COLLATE "C") -- since 14
        FROM pg_catalog.unnest( -- since 14
          pg_catalog.pg_get_statisticsobjdef_expressions(s.oid)) AS u (text)) AS expressions, -- since 14
       -- before 14: NULL AS expressions,
       NULLIF(s.stxstattarget, -1) AS target
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace sn ON sn.oid = s.stxnamespace
JOIN pg_catalog.pg_class t ON t.oid = s.stxrelid
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.relnamespace OFFSET 0) AS n
WHERE t.relkind IN ('r', 'p', 'f', 'm')
  -- narrowed: AND s.stxrelid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = t.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, t.relname, s.stxname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "in_schema",
              .doc = "its schema, where it is not the table's. Nothing for queries; commands that "
                     "name it fail",
              .judge = judge_replace},
    Attribute{.name = "kinds",
              .doc = "kinds of statistics. Queries may get worse plans",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "columns",
              .doc = "columns. Queries may get worse plans",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "expressions",
              .doc = "expressions. Queries may get worse plans",
              .form = Attribute::Form::text,
              .since = 14,
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "target",
              .doc = "statistics target, where it is not the default. Queries may get worse plans",
              .judge = judge_alter,
              .values = "#"},
};

std::vector<std::string> elements_of(const Value& value) {
  return value.is_present() ? sql::parse_array(value.text()) : std::vector<std::string>{};
}

/// On a twin all is in the twin's schema.
std::string name_sql(const Object& statistics) {
  const bool elsewhere = statistics.has("in_schema") && statistics.name.schema != "pg_temp";
  return sql::quote_qualified(elsewhere ? statistics.text("in_schema") : statistics.name.schema,
                              statistics.name.name);
}

std::string statement(const Object& statistics, std::span<const std::string>) {
  auto keys = elements_of(statistics.value("columns"));
  for (auto& expression : elements_of(statistics.value("expressions")))
    keys.push_back(std::move(expression));
  const auto kinds = statistics.has("kinds") ? fmt::format(" ({})", list(statistics.text("kinds")))
                                             : std::string();
  return fmt::format("CREATE STATISTICS {}{} ON {} FROM {}", name_sql(statistics), kinds,
                     text::join(keys, ", "), relation_sql(statistics));
}

std::string definition(const Object& statistics) {
  const auto all = statement(statistics, {});
  return all.substr(std::string("CREATE STATISTICS ").size());
}

std::string set_target(const Object& statistics) {
  return fmt::format("ALTER STATISTICS {} SET STATISTICS {}", name_sql(statistics),
                     statistics.has("target") ? statistics.text("target") : "-1");
}

std::vector<std::string> creation(const Object& statistics) {
  std::vector<std::string> statements = {statement(statistics, {})};
  if (statistics.has("target")) statements.push_back(set_target(statistics));
  return statements;
}

Recipe create(const Object& statistics, std::span<const std::string>, const Facts&) {
  return {.stages = {
              in_transaction(creation(statistics), Lock::share_update_exclusive, Cost::catalog)}};
}

/// It moves as it is, if that is all; else every finding has the same repair.
Recipe mend_elsewhere(const Object& expected, const Object& actual) {
  if (agree(expected, actual, {"columns", "expressions", "kinds", "target"})) {
    const auto schema =
        expected.has("in_schema") ? expected.text("in_schema") : expected.name.schema;
    return in_catalogs({fmt::format("ALTER STATISTICS {} SET SCHEMA {}", name_sql(actual),
                                    sql::quote_ident(schema))});
  }
  auto statements = creation(expected);
  statements.insert(statements.begin(), "DROP STATISTICS " + name_sql(actual));
  return {.stages = {
              in_transaction(std::move(statements), Lock::share_update_exclusive, Cost::catalog)}};
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  if (name_sql(expected) != name_sql(actual)) return mend_elsewhere(expected, actual);
  if (attribute == "target")
    return {.stages = {in_transaction({set_target(expected)}, Lock::none, Cost::catalog)}};
  return made_anew();
}

Recipe drop(const Object& statistics) {
  return {.stages = {in_transaction({"DROP STATISTICS " + name_sql(statistics)},
                                    Lock::share_update_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_statistics = {
    .name = "statistics",
    .plural = "statistics objects",
    .noun = "statistics object",
    .doc = "extended statistics with their columns and expressions",
    .owner = "table",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_statistic_ext",
    .attributes = k_attributes,
    .without = "no error: queries may get worse plans",
    .carried_along = true,
    .statement = statement,
    .definition = definition,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::statistics_room
