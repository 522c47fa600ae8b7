// SPDX-License-Identifier: MIT
#include "engine/lock_holders.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pg/transaction.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

// pg_stat_activity hides most of other roles' sessions from the unprivileged, pg_locks hides
// nothing.
constexpr std::string_view k_words = R"sql(
  pg_catalog.format('pid %s%s%s%s', l.pid,
    coalesce(' (' || nullif(a.application_name, '') || ')', ''),
    coalesce(pg_catalog.format(', in its transaction for %s s',
             pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start)::int), ''),
    coalesce(': ' || pg_catalog.left(pg_catalog.regexp_replace(nullif(a.query, ''), '\s+', ' ', 'g'), 80), ''))
)sql";

}  // namespace

std::vector<LockHolder> find_lock_holders(pg::Connection& connection,
                                          const std::vector<unsigned>& relations) {
  const auto result = connection.query(
      fmt::format("SELECT DISTINCT ON (c.oid) c.oid, n.nspname AS schema, c.relname AS name, {} AS "
                  "words FROM pg_catalog.pg_locks l "
                  "JOIN pg_catalog.pg_class c ON c.oid = l.relation "
                  "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                  "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
                  "WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' "
                  "AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid() "
                  "AND l.database = (SELECT oid FROM pg_catalog.pg_database "
                  "WHERE datname = pg_catalog.current_database()) "
                  "AND l.relation = ANY ($1::oid[]) ORDER BY c.oid, l.granted DESC, a.xact_start",
                  k_words),
      {fmt::format("{{{}}}", fmt::join(relations, ","))});
  std::vector<LockHolder> holders;
  for (int row = 0; row < result.rows(); ++row)
    holders.push_back({static_cast<unsigned>(result.integer(row, "oid")), result.str(row, "schema"),
                       result.str(row, "name"), result.str(row, "words")});
  return holders;
}

std::string describe_others(pg::Connection& connection, const std::string& schema,
                            const std::string& relation) {
  // For its settings: the role's statement_timeout is not meant for this either.
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto result =
      connection.query(fmt::format("SELECT DISTINCT ON (a.xact_start, l.pid) {} AS words "
                                   "FROM pg_catalog.pg_locks l "
                                   "JOIN pg_catalog.pg_class c ON c.oid = l.relation "
                                   "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                                   "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
                                   "WHERE l.locktype = 'relation' AND l.granted "
                                   "AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid() "
                                   "AND l.database = (SELECT oid FROM pg_catalog.pg_database "
                                   "WHERE datname = pg_catalog.current_database()) "
                                   "AND n.nspname = $1 AND c.relname = $2 "
                                   "ORDER BY a.xact_start, l.pid LIMIT 3",
                                   k_words),
                       {schema, relation});
  std::vector<std::string> all;
  for (int row = 0; row < result.rows(); ++row) all.push_back(result.str(row, "words"));
  return text::join(all, "; ");
}

}  // namespace pgmend::engine
