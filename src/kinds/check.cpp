// SPDX-License-Identifier: MIT
// Check constraints (PostgreSQL documentation, section 5.4.1).
//
// Locks: ADD ... NOT VALID takes a short ACCESS EXCLUSIVE, VALIDATE reads the table under SHARE
// UPDATE EXCLUSIVE, which lets writes pass.
#include <fmt/format.h>

#include <array>

#include "kinds/constraints/constraint.hpp"
#include "kinds/constraints/constraint_query.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::check_room {

namespace {

constexpr std::string_view k_before_columns = R"sql(       k.text AS expression,
       CASE WHEN k.connoinherit THEN 'NO INHERIT' END AS no_inherit,
       CASE WHEN NOT k.conenforced THEN 'not enforced' ELSE -- since 18
       CASE WHEN k.convalidated THEN 'validated' ELSE 'not validated' END
       END -- since 18
       AS state
-- The server opens the table of each expression that it prints, which takes longer than all else.
-- The same expression on columns of the same names is printed in the same way, but for whole rows
-- (attribute 0): so it is printed once for all alike.
FROM (
  WITH k AS MATERIALIZED (
    SELECT k.oid, k.conname, k.conrelid, k.connoinherit, k.convalidated, k.conislocal,
           k.conenforced, -- since 18
           CASE WHEN 0 = ANY (k.conkey) THEN k.oid
                ELSE pg_catalog.min(k.oid) OVER (
                  PARTITION BY k.conbin::text COLLATE "C",
)sql";

constexpr std::string_view k_behind_columns = R"sql() END AS alike
    FROM pg_catalog.pg_constraint k
    WHERE k.contype = 'c' AND k.conrelid <> 0
      -- narrowed: AND k.conrelid = ANY ($1::oid[])
  )
  SELECT k.*, p.text
  FROM k
  JOIN (SELECT p.oid, pg_catalog.pg_get_expr(p.conbin, p.conrelid) AS text
        FROM pg_catalog.pg_constraint p
        WHERE p.oid IN (SELECT k.alike FROM k) OFFSET 0) AS p ON p.oid = k.alike
  OFFSET 0) AS k
JOIN pg_catalog.pg_class t ON t.oid = k.conrelid AND t.relkind IN ('r', 'p', 'f')
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.relnamespace OFFSET 0) AS n
WHERE true
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  -- A partition is made with all that it has, and attached then.
  AND (k.conislocal OR t.relispartition) -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = t.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, t.relname, k.conname
)sql";

constexpr std::string_view k_query =
    Joined<k_constraint_address, k_before_columns, k_columns_of<k_conrelid, k_conkey>,
           k_behind_columns>::k_text;

constexpr std::array k_attributes = {
    Attribute{
        .name = "expression",
        .doc = "the condition. Rows are accepted that should not be, or refused that should not be",
        .form = Attribute::Form::text,
        .judge = judge_replace},
    Attribute{
        .name = "no_inherit",
        .words = "NO INHERIT",
        .doc = "not inherited by children. Children are checked that should not be, or are not",
        .judge = judge_replace,
        .values = "NO INHERIT"},
    Attribute{.name = "state",
              .doc = "whether it is enforced, and existing rows were checked. Existing rows may "
                     "violate it, or it is not enforced at all",
              .judge = judge_state,
              .values = "validated|not validated|not enforced"},
};

std::string definition(const Object& check) {
  auto out = fmt::format("CHECK ({})", check.text("expression"));
  if (check.has("no_inherit")) out += " NO INHERIT";
  return out + enforcement(check);
}

std::string declaration(const Object& check) {
  return definition(check) + validity(check);
}

std::string element(const Object& check) {
  return constraint_element(check, definition(check));
}

std::string statement(const Object& check, std::span<const std::string>) {
  return add_constraint(check, declaration(check));
}

/// Inside CREATE TABLE the server makes a NOT VALID one valid.
std::vector<std::string> after_element(const Object& check, const Facts&) {
  if (is_validated(check)) return {};
  return {statement(check, {})};
}

Stage offenders(const Object& check, const Facts& facts) {
  return no_rows(
      facts, fmt::format("FROM {} WHERE NOT ({})", relation_sql(check), check.text("expression")),
      "{} row(s) violate it", "mend them first; they are shown by: ");
}

Recipe create(const Object& check, std::span<const std::string>, const Facts& facts) {
  if (!enforcement(check).empty())
    return add_not_enforced(check, definition(check), Lock::access_exclusive, facts);
  return add_in_two_steps(check, definition(check), offenders(check, facts),
                          Lock::access_exclusive);
}

/// Since 19, in one statement with those of children. The way back reads the rows while nobody may,
/// and so is not taken.
Recipe stop_enforcing(const Object& check, const Facts& facts) {
  auto stage = in_transaction({fmt::format("{} ALTER CONSTRAINT {} NOT ENFORCED",
                                           alter_table(check), sql::quote_ident(check.name.name))},
                              Lock::access_exclusive, Cost::catalog);
  for (const auto& child : facts.in_children) stage.also_locks.push_back(relation_sql(*child.part));
  return {.stages = {std::move(stage)}};
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& all) {
  auto facts = all;
  if (expected.has("no_inherit") || actual.has("no_inherit")) facts.in_children.clear();
  if (attribute == "state" && !enforcement(expected).empty() && facts.server_version >= 190000)
    return stop_enforcing(expected, facts);
  if (attribute == "state")
    return mend_state(expected, actual, definition(expected), offenders(expected, facts), facts);
  return replace_in_two_steps(expected, definition(expected), offenders(expected, facts),
                              facts.in_children);
}

}  // namespace

const Kind k_check = {
    .name = "check",
    .plural = "check constraints",
    .noun = "check constraint",
    .doc = "a check constraint with its condition, validated",
    .owner = "table",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_constraint WHERE contype = 'c' AND oid >= 16384\n"
        "-- narrowed: AND conrelid = ANY ($1::oid[])",
    .weight = 10,
    .opens_relations = true,
    .attributes = k_attributes,
    .without = "no error: rows that {name} would refuse are accepted",
    .section = &k_constraints_section,
    .keyword = "CHECK",
    .carried_along = true,
    .is_one_with_parents = true,
    .named_among = "constraints",
    .element = element,
    .is_element = is_validated,
    .follows_parent = [](const Object&, const Object& relation) { return is_partition(relation); },
    .after_element = after_element,
    .statement = statement,
    .definition = declaration,
    .create = create,
    .mend = mend,
    .renaming = constraint_renaming,
    .drop = drop_constraint,
};

}  // namespace pgmend::kinds::check_room
