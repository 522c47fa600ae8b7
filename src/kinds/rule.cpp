// SPDX-License-Identifier: MIT
// Rewrite rules (PostgreSQL documentation, chapter 41, CREATE RULE). The rule that makes a view a
// view is the view itself and is not read.
//
// Locks: CREATE RULE, DROP RULE and ALTER TABLE ... ENABLE RULE take ACCESS EXCLUSIVE; all are
// short.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/enabled.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::rule_room {

namespace {

// There is no function that prints a rule's action alone, so the text in front of it is cut off: by
// its length up to the relation, which is printed as pg_temp or pg_temp_N when it is a twin.
constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       t.relname AS relation,
       r.rulename AS name,
       'pg_catalog.pg_rewrite'::pg_catalog.regclass::oid AS classid,
       r.oid AS objid,
       0 AS objsubid,
       r.event AS event,
       pg_catalog.rtrim(pg_catalog.regexp_replace(
         pg_catalog.substr(pg_catalog.pg_get_ruledef(r.oid),
                           pg_catalog.length(pg_catalog.format(E'CREATE RULE %I AS\n    ON %s TO ',
                                                               r.rulename, r.event)) + 1),
         '^("([^"]|"")*"|[^".]+)\.("([^"]|"")*"|[^" ]+)', ''), '; ') AS action,
       CASE r.ev_enabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica'
                         ELSE 'always' END AS enabled
FROM (SELECT w.*, CASE w.ev_type WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' WHEN '4' THEN 'DELETE'
                                 ELSE 'SELECT' END AS event
      FROM pg_catalog.pg_rewrite w) AS r
JOIN pg_catalog.pg_class t ON t.oid = r.ev_class
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.relnamespace OFFSET 0) AS n
WHERE r.rulename <> '_RETURN'
  -- narrowed: AND r.ev_class = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = t.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, t.relname, r.rulename
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "event",
              .doc = "the command it rewrites. It rewrites other commands",
              .judge = judge_replace,
              .values = "UPDATE|INSERT|DELETE|SELECT"},
    Attribute{.name = "action",
              .doc = "the condition, and what is done instead or also. Something else is done",
              .form = Attribute::Form::text,
              .judge = judge_replace},
    Attribute{
        .name = "enabled",
        .doc =
            "whether it is in effect. What it does is not done, or is done where it should not be",
        .judge = judge_enabled,
        .values = "enabled|disabled|replica|always"},
};

std::string create_sql(const Object& rule, std::string_view create) {
  return fmt::format("{} RULE {} AS ON {} TO {}{}", create, sql::quote_ident(rule.name.name),
                     rule.text("event"), relation_sql(rule), rule.text("action"));
}

std::string statement(const Object& rule, std::span<const std::string>) {
  return create_sql(rule, "CREATE");
}

std::string enable_sql(const Object& rule) {
  return fmt::format("{} {} RULE {}", alter_table(rule), enable_words(rule),
                     sql::quote_ident(rule.name.name));
}

Recipe make(const Object& rule, std::string_view create) {
  std::vector<std::string> statements = {create_sql(rule, create)};
  if (!is_plainly_enabled(rule)) statements.push_back(enable_sql(rule));
  return {.stages = {in_transaction(std::move(statements), Lock::access_exclusive, Cost::catalog)}};
}

Recipe create(const Object& rule, std::span<const std::string>, const Facts&) {
  return make(rule, "CREATE");
}

Recipe mend(const Object& expected, const Object&, std::string_view attribute, const Facts&) {
  if (attribute == "enabled")
    return {
        .stages = {in_transaction({enable_sql(expected)}, Lock::access_exclusive, Cost::catalog)}};
  return make(expected, "CREATE OR REPLACE");
}

Recipe drop(const Object& rule) {
  return {
      .stages = {in_transaction(
          {fmt::format("DROP RULE {} ON {}", sql::quote_ident(rule.name.name), relation_sql(rule))},
          Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_rule = {
    .name = "rule",
    .plural = "rules",
    .doc = "a rewrite rule with its event, condition and action, enabled",
    .owner = "",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_rewrite WHERE rulename <> '_RETURN' AND ev_class >= 16384\n"
        "-- narrowed: AND ev_class = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "no error: what it does is not done",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::rule_room
