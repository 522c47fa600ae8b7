// SPDX-License-Identifier: MIT
#include "kinds/support/evidence.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

constexpr int k_examples = 3;

/// Counts up to 1000 rows of `from_where`, and returns no row at all when there are none.
std::string count_rows(std::string_view from_where) {
  return fmt::format(
      "SELECT pg_catalog.count(*) FROM (SELECT 1 {} LIMIT 1000) AS rows "
      "HAVING pg_catalog.count(*) > 0",
      from_where);
}

/// SQL for "id=5, region=eu": each expression with what it is. `alias`: of the relation.
std::string in_words(const std::vector<std::string>& expressions, std::string_view alias = {}) {
  const auto qualifier = alias.empty() ? std::string() : fmt::format("{}.", alias);
  std::vector<std::string> parts;
  for (const auto& expression : expressions)
    parts.push_back(fmt::format("{} || coalesce(pg_catalog.left(({}{})::text, 60), 'NULL')",
                                sql::quote_literal(expression + "="), qualifier, expression));
  return fmt::format("pg_catalog.concat_ws(', ', {})", text::join(parts, ", "));
}

/// The key of a row, or where it is stored: that much every row has.
std::string row_in_words(const Facts& facts, std::string_view alias) {
  std::vector<std::string> columns;
  for (const auto& column : facts.row_key) columns.push_back(column.name);
  if (columns.empty()) columns.emplace_back("ctid");
  return in_words(columns, alias);
}

std::string few(const std::string& words, const std::string& from_where) {
  return fmt::format("SELECT {} {} LIMIT {}", words, from_where, k_examples);
}

}  // namespace

Stage no_rows(const Facts& facts, const std::string& from_where, std::string refusal,
              const std::string& hint, std::string_view alias) {
  return precondition(count_rows(from_where), std::move(refusal),
                      fmt::format("{}SELECT {} {}", hint,
                                  alias.empty() ? "*" : fmt::format("{}.*", alias), from_where),
                      few(row_in_words(facts, alias), from_where));
}

Stage no_nulls(const Object& object, const std::string& column, const Facts& facts) {
  return no_rows(
      facts,
      fmt::format("FROM {} WHERE {} IS NULL", relation_sql(object), sql::quote_ident(column)),
      "{} row(s) hold NULL",
      "say what they get (--backfill, or `backfill:` in pgmend.yaml), or look at them with: ");
}

std::vector<Stage> set_not_null_stages(const Object& object, const std::string& column,
                                       const Facts& facts) {
  const auto ident = sql::quote_ident(column);
  const auto helper = sql::quote_ident(sql::truncate_identifier("pgmend_not_null_" + column));
  const auto drop_helper =
      fmt::format("{} DROP CONSTRAINT IF EXISTS {}", alter_table(object), helper);

  auto check = in_transaction({fmt::format("{}, ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID",
                                           drop_helper, helper, ident)},
                              Lock::access_exclusive, Cost::catalog);
  auto validate =
      in_transaction({fmt::format("{} VALIDATE CONSTRAINT {}", alter_table(object), helper)},
                     Lock::share_update_exclusive, Cost::scan);
  auto set = in_transaction(
      {fmt::format("{} ALTER COLUMN {} SET NOT NULL", alter_table(object), ident), drop_helper},
      Lock::access_exclusive, Cost::catalog);
  validate.undo = drop_helper;
  set.undo = drop_helper;
  return {no_nulls(object, column, facts), std::move(check), std::move(validate), std::move(set)};
}

Stage no_duplicates(const Object& object, const std::vector<std::string>& key_expressions,
                    std::string_view predicate, bool nulls_distinct) {
  std::vector<std::string> conditions;
  if (!predicate.empty()) conditions.push_back(fmt::format("({})", predicate));
  if (nulls_distinct)
    for (const auto& key : key_expressions) conditions.push_back(key + " IS NOT NULL");
  const auto keys = text::join(key_expressions, ", ");
  const auto where = conditions.empty() ? "" : "WHERE " + text::join(conditions, " AND ") + ' ';
  const auto groups = fmt::format("FROM {} {}GROUP BY {} HAVING pg_catalog.count(*) > 1",
                                  relation_sql(object), where, keys);
  return precondition(
      count_rows(groups), "{} key(s) stand in more than one row",
      fmt::format("remove the duplicates; they are shown by: SELECT {}, count(*) {}", keys,
                  text::replace_all(groups, "pg_catalog.count", "count")),
      few(in_words(key_expressions) + " || ' in ' || pg_catalog.count(*) || ' rows'", groups));
}

Stage no_conflicts(const Object& object, std::string_view comparisons, std::string_view predicate) {
  std::vector<std::string> keys;
  std::vector<std::string> conditions;
  for (const auto& entry : sql::parse_array(comparisons)) {
    const auto parts = sql::parse_array(entry);
    const auto key = fmt::format("k{}", keys.size() + 1);
    keys.push_back(fmt::format("({}) AS {}", parts.at(0), key));
    conditions.push_back(fmt::format("a.{0} {1} b.{0}", key, parts.at(1)));
  }
  const auto rows = fmt::format("(SELECT tableoid AS t, ctid AS r, {} FROM {}{})",
                                text::join(keys, ", "), relation_sql(object),
                                predicate.empty() ? "" : fmt::format(" WHERE {}", predicate));
  const auto pairs = fmt::format("FROM {0} AS a JOIN {0} AS b ON (a.t, a.r) < (b.t, b.r) AND {1}",
                                 rows, text::join(conditions, " AND "));
  return precondition(count_rows(pairs), "{} pair(s) of rows exclude each other",
                      "mend them first; they are shown by: SELECT a.*, b.* " + pairs,
                      few("a.r::text || ' and ' || b.r::text", pairs));
}

}  // namespace pgmend::kinds
