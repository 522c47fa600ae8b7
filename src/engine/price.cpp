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
constexpr std::string_view k_sizes = R"sql(
WITH RECURSIVE part (number, oid) AS (
  SELECT w.number, c.oid
  FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS w (name, number)
  JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(w.name)
  WHERE c.relkind IN ('r', 'p', 'm')
  UNION
  SELECT part.number, i.inhrelid
  FROM pg_catalog.pg_inherits i JOIN part ON part.oid = i.inhparent
)
SELECT part.number,
       pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid)) AS bytes,
       pg_catalog.pg_size_pretty(pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid))) AS size,
       pg_catalog.sum(greatest(c.reltuples, 0))::bigint AS rows
FROM part JOIN pg_catalog.pg_class c ON c.oid = part.oid
GROUP BY part.number
)sql";

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

std::map<std::string, RelationSize> sizes_of(pg::Connection& connection,
                                             const std::vector<std::string>& relations) {
  std::map<std::string, RelationSize> sizes;
  if (relations.empty()) return sizes;
  try {
    const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
    const auto result = connection.query(std::string(k_sizes), {sql::format_array(relations)});
    for (int row = 0; row < result.rows(); ++row)
      sizes[relations.at(static_cast<std::size_t>(result.integer(row, "number")) - 1)] = {
          static_cast<unsigned long long>(result.integer(row, "bytes")), result.str(row, "size"),
          result.integer(row, "rows")};
  } catch (const pg::Error&) {  // one of them is held locked, say
    if (!connection.is_alive()) throw;
    if (relations.size() == 1) return sizes;
    for (const auto& relation : relations) sizes.merge(sizes_of(connection, {relation}));
  }
  return sizes;
}

std::string price(const Recipe& recipe) {
  if (recipe.stages.empty()) return "";
  const auto cost = cost_of(recipe);
  const auto longest = lock_while(recipe, cost);
  auto heaviest = Lock::none;
  for (const auto& stage : recipe.stages) heaviest = std::max(heaviest, stage.lock);
  auto words = fmt::format("{}; {}", to_string(cost), lock_words(longest));
  if (heaviest > longest) words += fmt::format("; for a moment {}", lock_words(heaviest));
  return words;
}

std::string size_words(const std::string& relation, const RelationSize& size) {
  return fmt::format("{} has {}{}", sql::display_ident(relation), size.words,
                     size.rows > 0 ? fmt::format(", about {} rows", size.rows) : "");
}

}  // namespace pgmend::engine
