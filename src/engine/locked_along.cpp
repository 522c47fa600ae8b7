// SPDX-License-Identifier: MIT
#include "engine/locked_along.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/catalog_query.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

/// The server has room for max_locks_per_transaction (64, at the least 10) times as many locks as
/// it takes connections, for all transactions together. Each part is a query of its own, which
/// takes its time to plan; and what waits for such a lock waits for the part to end.
constexpr std::string_view k_room =
    "pg_catalog.current_setting('max_locks_per_transaction')::bigint"
    " * pg_catalog.current_setting('max_connections')::bigint";
constexpr long long k_our_share = 16;
constexpr long long k_fewest_at_once = 50;
constexpr long long k_most_at_once = 1000;

const Kind* kind_named(Kinds kinds, std::string_view name) {
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const Kind* kind) { return kind->name == name; });
  return found == kinds.end() ? nullptr : *found;
}

}  // namespace

bool can_lock_along(Kinds kinds, std::string_view query) {
  return std::any_of(kinds.begin(), kinds.end(), [&](const Kind* kind) {
    return query.find(fmt::format("'{}'", kind->name)) != std::string_view::npos;
  });
}

std::string render_locked_along(std::string_view query, int server_major,
                                const std::vector<unsigned>* relations) {
  return fmt::format(
      "SELECT kind, oid, pg_catalog.count(*) AS locks, {} AS room FROM ({}) AS found {}"
      "GROUP BY kind, oid, schema, relation ORDER BY kind, schema, relation, oid",
      k_room, render_catalog_query(query, server_major, Reach::whole),
      relations
          ? fmt::format("WHERE oid = ANY ({}::oid[]) ", sql::quote_literal(oid_array(*relations)))
          : "");
}

LockedAlong read_locked_along(const pg::Result& found, Kinds kinds) {
  LockedAlong all;
  std::map<const Kind*, long long> locks;  // of the last part
  for (int row = 0; row < found.rows(); ++row) {
    const auto* kind = kind_named(kinds, found.get(row, "kind"));
    if (!kind) continue;
    const auto more = found.integer(row, "locks") + 1;  // and itself
    const auto at_once =
        std::clamp(found.integer(row, "room") / k_our_share, k_fewest_at_once, k_most_at_once);
    auto& parts = all[kind];
    if (parts.empty() || locks[kind] + more > at_once) {
      parts.emplace_back();
      locks[kind] = 0;
    }
    parts.back().push_back(static_cast<unsigned>(found.integer(row, "oid")));
    locks[kind] += more;
  }
  return all;
}

}  // namespace pgmend::engine
