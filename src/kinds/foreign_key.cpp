// SPDX-License-Identifier: MIT
// Foreign keys (PostgreSQL documentation, section 5.4.5), compared by structure.
//
// Locks: ADD ... NOT VALID takes SHARE ROW EXCLUSIVE on both tables for a moment; VALIDATE reads
// under SHARE UPDATE EXCLUSIVE on the referencing and ROW SHARE on the referenced table.
#include <fmt/format.h>

#include <array>

#include "kinds/constraints/constraint.hpp"
#include "kinds/constraints/constraint_query.hpp"
#include "kinds/constraints/references.hpp"
#include "kinds/constraints/switched_off.hpp"
#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/evidence.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::foreign_key_room {

namespace {

constexpr std::string_view k_behind_columns = R"sql( AS columns,
       '"' || pg_catalog.replace(pn.nspname, '"', '""') || '"."'
         || pg_catalog.replace(p.relname, '"', '""') || '"' AS parent,
)sql";

constexpr std::string_view k_behind_parent_columns = R"sql( AS parent_columns,
       CASE k.confupdtype WHEN 'a' THEN NULL WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE'
                       WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END AS on_update,
       CASE k.confdeltype WHEN 'a' THEN NULL WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE'
                       WHEN 'n' THEN 'SET NULL' WHEN 'd' THEN 'SET DEFAULT' END AS on_delete,
       CASE WHEN k.confdelsetcols IS NOT NULL THEN -- since 15
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(a.attname) ORDER BY u.n) -- since 15
        FROM pg_catalog.unnest(k.confdelsetcols) WITH ORDINALITY AS u (attnum, n) -- since 15
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid -- since 15
                                      AND a.attnum = u.attnum) END AS on_delete_columns, -- since 15
       -- before 15: NULL AS on_delete_columns,
       CASE WHEN k.conperiod THEN 'PERIOD' END AS period, -- since 18
       -- before 18: NULL AS period,
       CASE k.confmatchtype WHEN 'f' THEN 'FULL' WHEN 'p' THEN 'PARTIAL' END AS match,
       CASE WHEN k.condeferred THEN 'DEFERRABLE INITIALLY DEFERRED'
            WHEN k.condeferrable THEN 'DEFERRABLE' END AS deferrable,
       CASE WHEN NOT k.conenforced THEN 'not enforced' ELSE -- since 18
       CASE WHEN k.convalidated THEN 'validated' ELSE 'not validated' END
       END -- since 18
       AS state,
)sql";

// Whether any trigger of a foreign key or of its partitions' is off is found out from the triggers
// that are, for hardly ever there is one.
constexpr std::string_view k_from = R"sql(
FROM (
  SELECT k.*, k.oid IN (
           WITH RECURSIVE off (oid) AS (
             SELECT g.tgconstraint FROM pg_catalog.pg_trigger g
             WHERE g.tgisinternal AND g.tgenabled IN ('D', 'R')
               -- narrowed: AND g.tgconstraint IN (
               -- narrowed:   WITH RECURSIVE tree (oid) AS (
               -- narrowed:     SELECT o.oid FROM pg_catalog.pg_constraint o
               -- narrowed:     WHERE o.contype = 'f' AND o.conrelid = ANY ($1::oid[])
               -- narrowed:     UNION ALL
               -- narrowed:     SELECT o.oid FROM tree
               -- narrowed:     JOIN pg_catalog.pg_constraint o ON o.conparentid = tree.oid)
               -- narrowed:   SELECT oid FROM tree)
             UNION
             SELECT c.conparentid FROM off JOIN pg_catalog.pg_constraint c ON c.oid = off.oid
             WHERE c.conparentid <> 0)
           SELECT oid FROM off) AS is_off
  FROM pg_catalog.pg_constraint k
  WHERE k.contype = 'f'
    -- narrowed: AND k.conrelid = ANY ($1::oid[])
    AND (k.conparentid = 0 -- whole
         OR k.conrelid IN ( -- those that are about to be partitions no more -- whole -- since 14
           SELECT h.inhrelid FROM pg_catalog.pg_inherits h -- whole -- since 14
           WHERE h.inhdetachpending) -- whole -- since 14
        ) -- whole
  OFFSET 0) AS k
CROSS JOIN LATERAL (
  SELECT CASE WHEN k.is_off THEN )sql";

constexpr std::string_view k_behind_from =
    R"sql(JOIN pg_catalog.pg_class t ON t.oid = k.conrelid AND t.relkind IN ('r', 'p')
JOIN pg_catalog.pg_class p ON p.oid = k.confrelid AND p.relkind IN ('r', 'p')
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.relnamespace OFFSET 0) AS n
WHERE true
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  -- NOT EXISTS would be looked up for each.
  AND t.oid NOT IN (SELECT e.objid FROM pg_catalog.pg_depend e -- whole
                    WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                      AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                      AND e.deptype = 'e') -- whole
ORDER BY n.nspname, t.relname, k.conname
)sql";

constexpr std::string_view k_query =
    Joined<k_constraint_address, k_columns_of<k_conrelid, k_conkey>, k_behind_columns,
           k_columns_of<k_confrelid, k_confkey>, k_behind_parent_columns, k_off_columns, k_from,
           k_switched_off, k_off_end, k_behind_from>::k_text;

constexpr std::array k_attributes = {
    Attribute{.name = "columns",
              .doc = "referencing columns, in order. Rows may point to rows that do not exist",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "parent",
              .doc = "referenced table. Rows may point to rows that do not exist, and ones that "
                     "point to the right table are refused",
              .form = Attribute::Form::reference,
              .judge = judge_replace},
    Attribute{.name = "parent_columns",
              .doc = "referenced columns. Rows may point to rows that do not exist",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "period",
              .doc = "whether the last column is a period that parents have to cover. Rows may "
                     "refer to a time at which the other did not exist",
              .judge = judge_replace,
              .values = "PERIOD"},
    Attribute{.name = "on_update",
              .words = "ON UPDATE",
              .doc = "ON UPDATE action. UPDATEs of the parent fail, or do not carry over",
              .judge = judge_replace,
              .values = "RESTRICT|CASCADE|SET NULL|SET DEFAULT"},
    Attribute{.name = "on_delete",
              .words = "ON DELETE",
              .doc = "ON DELETE action. DELETEs of the parent fail, or take along what they should "
                     "not, or leave what they should take",
              .judge = judge_replace,
              .values = "RESTRICT|CASCADE|SET NULL|SET DEFAULT"},
    Attribute{.name = "on_delete_columns",
              .doc = "columns that ON DELETE SET NULL or SET DEFAULT sets. Another column is set "
                     "on DELETE of the parent",
              .judge = judge_replace,
              .values = "[]"},
    Attribute{.name = "match",
              .doc = "MATCH type. Rows whose key is NULL in part are accepted, or refused",
              .judge = judge_replace,
              .values = "FULL|PARTIAL"},
    Attribute{.name = "deferrable",
              .doc = "when it is checked. Transactions fail at a statement where they should be "
                     "checked at COMMIT, or the other way round",
              .judge = judge_alter,
              .values = "DEFERRABLE|DEFERRABLE INITIALLY DEFERRED"},
    Attribute{.name = "state",
              .doc = "whether it is enforced, and existing rows were checked. Rows from before may "
                     "point to rows that do not exist, or it is not enforced at all",
              .judge = judge_state,
              .values = "validated|not validated|not enforced"},
    k_enabled_attribute,
    k_triggers_attribute,
};

std::string key_list(const Object& key, std::string_view attribute) {
  auto columns = sql::parse_array(key.text(attribute));
  if (key.has("period") && !columns.empty()) columns.back().insert(0, "PERIOD ");
  return text::join(columns, ", ");
}

std::string definition(const Object& key) {
  auto out = fmt::format("FOREIGN KEY ({}) REFERENCES {} ({})", key_list(key, "columns"),
                         key.text("parent"), key_list(key, "parent_columns"));
  if (key.has("match")) out += " MATCH " + key.text("match");
  if (key.has("on_update")) out += " ON UPDATE " + key.text("on_update");
  if (key.has("on_delete")) out += " ON DELETE " + key.text("on_delete");
  if (key.has("on_delete_columns"))
    out += fmt::format(" ({})", list(key.text("on_delete_columns")));
  if (key.has("deferrable")) out += ' ' + key.text("deferrable");
  return out + enforcement(key);
}

std::string declaration(const Object& key) {
  return definition(key) + validity(key);
}

std::string statement(const Object& key, std::span<const std::string>) {
  return add_constraint(key, declaration(key));
}

/// Rows whose key points nowhere. MATCH SIMPLE lets a row pass when any of its columns is NULL,
/// MATCH FULL only when all of them are.
Stage orphans(const Object& key, const Facts& facts) {
  const auto columns = sql::parse_array(key.text("columns"));
  const auto parents = sql::parse_array(key.text("parent_columns"));
  std::vector<std::string> filled;
  std::vector<std::string> empty;
  std::vector<std::string> equal;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto column = "child." + columns[i];
    filled.push_back(column + " IS NOT NULL");
    empty.push_back(column + " IS NULL");
    equal.push_back(fmt::format("parent.{} = {}", parents.at(i), column));
  }
  const auto checked = key.has("match") && key.text("match") == "FULL"
                           ? fmt::format("NOT ({})", text::join(empty, " AND "))
                           : text::join(filled, " AND ");
  const auto rows =
      fmt::format("FROM {} AS child WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS parent WHERE {})",
                  relation_sql(key), checked, key.text("parent"), text::join(equal, " AND "));
  return no_rows(facts, rows, "{} row(s) point to a row that does not exist",
                 "mend them first; they are shown by: ", "child");
}

/// Nobody looks beforehand whether periods are covered: validation does.
std::optional<Stage> offenders(const Object& key, const Facts& facts) {
  return key.has("period") ? std::nullopt : std::optional(orphans(key, facts));
}

Recipe create(const Object& key, std::span<const std::string> elements, const Facts& facts) {
  if (!enforcement(key).empty())
    return add_not_enforced(key, definition(key), Lock::share_row_exclusive, facts);
  // NOT VALID is refused on partitioned tables before 18 (ALTER TABLE, "Notes").
  if (facts.server_version < 180000 && is_partitioned(facts.relation))
    return {.stages = {orphans(key, facts), in_transaction({statement(key, elements)},
                                                           Lock::share_row_exclusive, Cost::scan)},
            .needs = rewrite_over_rows(facts)};
  return add_in_two_steps(key, definition(key), offenders(key, facts), Lock::share_row_exclusive,
                          {key.text("parent")});
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts& facts) {
  if (attribute == "state")
    return mend_state(expected, actual, definition(expected), offenders(expected, facts), facts);
  if (attribute == "enabled")
    return switch_on(actual, is_validated(expected) ? offenders(expected, facts) : std::nullopt);
  if (attribute == "deferrable")
    return {.stages = {alter_action(
                expected,
                fmt::format(
                    "ALTER CONSTRAINT {} {}", sql::quote_ident(expected.name.name),
                    expected.has("deferrable") ? expected.text("deferrable") : "NOT DEFERRABLE"),
                Lock::access_exclusive, Cost::catalog)}};
  if (facts.server_version < 180000 && is_partitioned(facts.relation))
    return {.stages = {orphans(expected, facts),
                       exchange_constraint(expected, definition(expected), Cost::scan)},
            .needs = rewrite_over_rows(facts),
            .anew = true};
  return replace_in_two_steps(expected, definition(expected), offenders(expected, facts));
}

}  // namespace

const Kind k_foreign_key = {
    .name = "foreign_key",
    .plural = "foreign keys",
    .doc = "a foreign key with what it refers to, validated",
    .owner = "table",
    .catalog_query = k_query,
    .presence_query =
        "SELECT FROM pg_catalog.pg_constraint WHERE contype = 'f'\n"
        "-- narrowed: AND conrelid = ANY ($1::oid[])",
    .weight = 12,
    .attributes = k_attributes,
    .without = "no error: rows that {name} would refuse are accepted",
    .section = &k_constraints_section,
    .keyword = "FOREIGN",
    .carried_along = true,
    .referring = &k_references,
    .named_among = "constraints",
    .statement = statement,
    .definition = declaration,
    .create = create,
    .mend = mend,
    .renaming = constraint_renaming,
    .drop = drop_constraint,
};

}  // namespace pgmend::kinds::foreign_key_room
