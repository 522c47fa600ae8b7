// SPDX-License-Identifier: MIT
#include "engine/price.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pg/transaction.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

// With all that is below it: what has partitions has no rows of its own. The number of rows is what
// the last ANALYZE or VACUUM saw; -1 (0 before 14) is never.
constexpr std::string_view k_size = R"sql(
WITH RECURSIVE part (oid) AS (
  SELECT c.oid FROM pg_catalog.pg_class c
  WHERE c.oid = pg_catalog.to_regclass($1) AND c.relkind IN ('r', 'p', 'm')
  UNION
  SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN part ON part.oid = i.inhparent
)
SELECT pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid)) AS bytes,
       pg_catalog.pg_size_pretty(pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid))) AS size,
       pg_catalog.sum(greatest(c.reltuples, 0))::bigint AS rows
FROM part JOIN pg_catalog.pg_class c ON c.oid = part.oid
HAVING pg_catalog.count(*) > 0
)sql";

std::string size_words(pg::Connection& connection, const std::string& schema,
                       const std::string& relation) {
  const auto size = size_of(connection, sql::quote_qualified(schema, relation));
  if (!size) return "";
  return fmt::format("; {} has {}{}", sql::display_ident(relation), size->words,
                     size->rows > 0 ? fmt::format(", about {} rows", size->rows) : "");
}

/// The heaviest lock of those stages that take as long, or nearly: only catalogs are a moment.
Lock lock_while(const Recipe& recipe, Cost cost) {
  auto lock = Lock::none;
  for (const auto& stage : recipe.stages)
    if (stage.cost == cost || stage.cost != Cost::catalog) lock = std::max(lock, stage.lock);
  return lock;
}

}  // namespace

Cost cost_of(const Recipe& recipe) {
  auto cost = Cost::catalog;
  for (const auto& stage : recipe.stages) cost = std::max(cost, stage.cost);
  return cost;
}

std::optional<RelationSize> size_of(pg::Connection& connection, const std::string& relation) {
  try {
    const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
    const auto result = connection.query(std::string(k_size), {relation});
    if (result.rows() == 0) return std::nullopt;
    return RelationSize{static_cast<unsigned long long>(result.integer(0, "bytes")),
                        result.str(0, "size"), result.integer(0, "rows")};
  } catch (const pg::Error&) {  // held locked, say
    if (!connection.is_alive()) throw;
    return std::nullopt;
  }
}

std::string price(pg::Connection& connection, const std::string& schema,
                  const std::string& relation, const Recipe& recipe) {
  if (recipe.stages.empty()) return "";
  const auto cost = cost_of(recipe);
  const auto longest = lock_while(recipe, cost);
  auto heaviest = Lock::none;
  for (const auto& stage : recipe.stages) heaviest = std::max(heaviest, stage.lock);
  auto words = fmt::format("{}; {}", to_string(cost), lock_words(longest));
  if (heaviest > longest) words += fmt::format("; for a moment {}", lock_words(heaviest));
  return words + size_words(connection, schema, relation);
}

}  // namespace pgmend::engine
