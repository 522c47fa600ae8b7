// SPDX-License-Identifier: MIT
#include "engine/locked_along.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/catalog_query.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

/// The server has room for max_locks_per_transaction (64, at the least 10) times as many locks as
/// it takes connections, for all transactions together.
constexpr long long k_locks_at_once = 100;

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
      "SELECT kind, oid, pg_catalog.count(*) AS locks FROM ({}) AS found {}"
      "GROUP BY kind, oid, schema, relation ORDER BY kind, schema, relation, oid",
      render_catalog_query(query, server_major, Reach::whole),
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
    auto& parts = all[kind];
    if (parts.empty() || locks[kind] + more > k_locks_at_once) {
      parts.emplace_back();
      locks[kind] = 0;
    }
    parts.back().push_back(static_cast<unsigned>(found.integer(row, "oid")));
    locks[kind] += more;
  }
  return all;
}

}  // namespace pgmend::engine
