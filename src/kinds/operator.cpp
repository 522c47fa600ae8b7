// SPDX-License-Identifier: MIT
// Operators (PostgreSQL documentation, section 38.14, pg_operator in section 53.34). Like functions
// they are named with their types: `===(integer, integer)`, `!!!(NONE, integer)`. One that was only
// named by another so far has no function, and is none yet.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::operator_room {

namespace {

constexpr std::string_view k_query = R"sql(
WITH routine AS NOT MATERIALIZED (
  SELECT p.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
         AS name
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
), other AS NOT MATERIALIZED (
  SELECT x.oid, 'OPERATOR(' || pg_catalog.quote_ident(n.nspname) || '.' || x.oprname || ')' AS name
  FROM pg_catalog.pg_operator x JOIN pg_catalog.pg_namespace n ON n.oid = x.oprnamespace
)
SELECT n.nspname AS schema,
       '' AS relation,
       o.oprname || types.list AS name,
       'pg_catalog.pg_operator'::pg_catalog.regclass::oid AS classid,
       o.oid AS objid,
       0 AS objsubid,
       (SELECT r.name FROM routine r WHERE r.oid = o.oprcode) AS function,
       (SELECT x.name FROM other x WHERE x.oid = o.oprcom) AS commutator,
       (SELECT x.name FROM other x WHERE x.oid = o.oprnegate) AS negator,
       (SELECT r.name FROM routine r WHERE r.oid = o.oprrest) AS restrict,
       (SELECT r.name FROM routine r WHERE r.oid = o.oprjoin) AS "join",
       CASE WHEN o.oprcanhash THEN 'HASHES' END AS hashes,
       CASE WHEN o.oprcanmerge THEN 'MERGES' END AS merges,
       o.oprname AS symbol,
       types.list AS types,
       CASE WHEN o.oprleft <> 0 THEN pg_catalog.format_type(o.oprleft, NULL) END AS "left",
       CASE WHEN o.oprright <> 0 THEN pg_catalog.format_type(o.oprright, NULL) END AS "right"
FROM pg_catalog.pg_operator o
CROSS JOIN LATERAL (
  SELECT '(' || CASE WHEN o.oprleft = 0 THEN 'NONE'
                     ELSE pg_catalog.format_type(o.oprleft, NULL) END
         || ', ' || CASE WHEN o.oprright = 0 THEN 'NONE'
                         ELSE pg_catalog.format_type(o.oprright, NULL) END || ')' AS list) AS types
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = o.oprnamespace OFFSET 0) AS n
WHERE o.oprcode <> 0
  -- narrowed: AND o.oprnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass -- whole
                    AND e.objid = o.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, 3
)sql";

/// What the planner may use: ALTER OPERATOR can add it, but not take it back.
Judgement judge_property(const Difference& d) {
  if (d.found.is_present()) return judge_replace(d);
  return {.sort = Sort::missing, .consent = Consent::add};
}

constexpr std::array k_attributes = {
    Attribute{.name = "function",
              .doc = "the function behind it. It computes something else",
              .judge = judge_replace},
    Attribute{.name = "commutator",
              .doc = "operator of swapped operands. Queries may get worse plans",
              .judge = judge_property},
    Attribute{.name = "negator",
              .doc = "operator of the opposite. Queries may get worse plans",
              .judge = judge_property},
    Attribute{.name = "restrict",
              .doc = "function for selectivity in WHERE. Queries may get worse plans",
              .judge = judge_part},
    Attribute{.name = "join",
              .doc = "function for selectivity in joins. Queries may get worse plans",
              .judge = judge_part},
    Attribute{.name = "hashes",
              .doc = "use in hash joins. Joins by it are slower",
              .judge = judge_property,
              .values = "HASHES"},
    Attribute{.name = "merges",
              .doc = "use in merge joins. Joins by it are slower",
              .judge = judge_property,
              .values = "MERGES"},
    Attribute{.name = "symbol", .doc = "bare name", .form = Attribute::Form::directive},
    Attribute{.name = "types", .doc = "operand types", .form = Attribute::Form::directive},
    Attribute{.name = "left", .doc = "left type", .form = Attribute::Form::directive},
    Attribute{.name = "right", .doc = "right type", .form = Attribute::Form::directive},
};

constexpr int k_alters_properties = 170000;

std::string name_sql(const Object& op) {
  return fmt::format("{}.{}", sql::quote_ident(op.name.schema), op.text("symbol"));
}

std::string statement(const Object& op, std::span<const std::string>) {
  std::vector<std::string> parts = {"FUNCTION = " + op.text("function")};
  const auto add = [&](std::string_view word, std::string_view attribute) {
    if (op.has(attribute)) parts.push_back(fmt::format("{} = {}", word, op.text(attribute)));
  };
  add("LEFTARG", "left");
  add("RIGHTARG", "right");
  add("COMMUTATOR", "commutator");
  add("NEGATOR", "negator");
  add("RESTRICT", "restrict");
  add("JOIN", "join");
  for (const auto* flag : {"hashes", "merges"})
    if (op.has(flag)) parts.push_back(op.text(flag));
  return fmt::format("CREATE OPERATOR {} ({})", name_sql(op), text::join(parts, ", "));
}

std::string drop_sql(const Object& op) {
  return fmt::format("DROP OPERATOR {} {}", name_sql(op), op.text("types"));
}

Recipe create(const Object& op, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(op, elements)});
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  const auto set = [&](const std::string& what) {
    return in_catalogs({fmt::format("ALTER OPERATOR {} {} SET ({})", name_sql(expected),
                                    expected.text("types"), what)});
  };
  const auto& wanted = expected.value(attribute);
  if (attribute == "restrict" || attribute == "join")
    return set(fmt::format("{} = {}", attribute, wanted.is_present() ? wanted.text() : "NONE"));
  if (attribute != "function" && !actual.has(attribute) &&
      facts.server_version >= k_alters_properties)
    return set(attribute == "hashes" || attribute == "merges"
                   ? wanted.text()
                   : fmt::format("{} = {}", attribute, wanted.text()));
  auto recipe = made_anew();
  recipe.needs = Consent::replace;
  return recipe;
}

Recipe drop(const Object& op) {
  return in_catalogs({drop_sql(op)});
}

}  // namespace

const Kind k_operator = {
    .name = "operator",
    .plural = "operators",
    .doc = "an operator with its function and what the planner may do with it",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_operator WHERE oid >= 16384",
    .attributes = k_attributes,
    .without = "operator does not exist: {name}",
    .spelled_out = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::operator_room
