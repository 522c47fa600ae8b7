// SPDX-License-Identifier: MIT
#include "engine/lock_holders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

/// How many are named: the rest is as good as these.
constexpr std::size_t k_named = 3;

// pg_stat_activity hides most of other roles' sessions from the unprivileged, pg_locks hides
// nothing. A prepared transaction has no session, only a row in pg_prepared_xacts.
constexpr std::string_view k_words = R"sql(
  CASE WHEN p.gid IS NOT NULL THEN
    pg_catalog.format('prepared transaction %L of %s, for %s s', p.gid, p.owner,
      pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - p.prepared)::int)
  ELSE
    pg_catalog.format('pid %s%s%s%s%s', coalesce(l.pid, 0),
      coalesce(' (' || nullif(a.application_name, '') || ')', ''),
      coalesce(', in its transaction for ' ||
        pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start)::int || ' s', ''),
      CASE WHEN a.state LIKE 'idle in transaction%' THEN
        pg_catalog.format(', idle in it for %s s',
          pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.state_change)::int)
        ELSE '' END,
      coalesce(': ' || pg_catalog.left(
        pg_catalog.regexp_replace(nullif(nullif(a.query, ''), '<insufficient privilege>'),
                                  '\s+', ' ', 'g'), 80), ''))
  END
)sql";

constexpr std::string_view k_remedy = R"sql(
  CASE WHEN p.gid IS NOT NULL THEN pg_catalog.format('ROLLBACK PREPARED %L, or COMMIT it', p.gid)
       WHEN a.state LIKE 'idle in transaction%' THEN
         pg_catalog.format('SELECT pg_terminate_backend(%s)', l.pid)
  END
)sql";

constexpr std::string_view k_age = R"sql(
  coalesce(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()
                                         - coalesce(a.xact_start, p.prepared)), 0)::int
)sql";

constexpr std::string_view k_sessions = R"sql(
  LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
  LEFT JOIN pg_catalog.pg_prepared_xacts p
    ON l.pid IS NULL AND p.transaction = (
      SELECT own.transactionid FROM pg_catalog.pg_locks own
      WHERE own.pid IS NULL AND own.locktype = 'transactionid' AND own.granted
        AND own.virtualtransaction = l.virtualtransaction LIMIT 1)
)sql";

constexpr std::string_view k_this_database =
    "l.database = (SELECT oid FROM pg_catalog.pg_database "
    "WHERE datname = pg_catalog.current_database())";

/// As pg_locks has them, in the order of enum Lock.
constexpr std::array<std::string_view, 8> k_modes = {
    "AccessShareLock", "RowShareLock",          "RowExclusiveLock", "ShareUpdateExclusiveLock",
    "ShareLock",       "ShareRowExclusiveLock", "ExclusiveLock",    "AccessExclusiveLock"};

/// Documentation, section 13.3.1, "Conflicting Lock Modes": a row for each mode asked for, a
/// character for each mode held.
constexpr std::array<std::string_view, 8> k_conflicts = {
    "       x", "      xx", "    xxxx", "   xxxxx", "  xx xxx", "  xxxxxx", " xxxxxxx", "xxxxxxxx"};

std::vector<std::string> conflicting_modes(Lock lock) {
  std::vector<std::string> modes;
  if (lock == Lock::none) return modes;
  const auto row = k_conflicts.at(static_cast<std::size_t>(lock) - 1);
  for (std::size_t i = 0; i < row.size(); ++i)
    if (row[i] == 'x') modes.emplace_back(k_modes.at(i));
  return modes;
}

std::vector<Blocker> to_blockers(const pg::Result& result) {
  std::vector<Blocker> blockers;
  for (int row = 0; row < result.rows(); ++row)
    blockers.push_back({result.str(row, "words"), result.str(row, "remedy"),
                        std::chrono::seconds(result.integer(row, "age"))});
  return blockers;
}

}  // namespace

std::vector<LockHolder> find_lock_holders(pg::Connection& connection) {
  const auto result = connection.query(
      fmt::format("SELECT DISTINCT ON (c.oid) c.oid, n.nspname AS schema, c.relname AS name, {} AS "
                  "words FROM pg_catalog.pg_locks l "
                  "JOIN pg_catalog.pg_class c ON c.oid = l.relation "
                  "AND c.relkind NOT IN ('t', 'i', 'I') "
                  "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace {} "
                  "WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' "
                  "AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid() AND {} "
                  "AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' "
                  "ORDER BY c.oid, l.granted DESC, a.xact_start",
                  k_words, k_sessions, k_this_database));
  std::vector<LockHolder> holders;
  for (int row = 0; row < result.rows(); ++row)
    holders.push_back({static_cast<unsigned>(result.integer(row, "oid")), result.str(row, "schema"),
                       result.str(row, "name"), result.str(row, "words")});
  return holders;
}

std::vector<Blocker> find_blockers(pg::Connection& connection,
                                   const std::vector<std::string>& relations, Lock lock) {
  // For its settings: the role's statement_timeout is not meant for this either.
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  return to_blockers(connection.query(
      fmt::format("WITH RECURSIVE wanted (oid) AS ("
                  "SELECT pg_catalog.to_regclass(name)::oid FROM pg_catalog.unnest($1::text[]) "
                  "AS name UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i "
                  "JOIN wanted ON wanted.oid = i.inhparent), "
                  "found AS (SELECT DISTINCT ON (l.virtualtransaction) {} AS words, {} AS remedy, "
                  "{} AS age FROM pg_catalog.pg_locks l {} "
                  "WHERE l.locktype = 'relation' AND l.granted AND l.mode = ANY ($2::text[]) "
                  "AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid() AND {} "
                  "AND l.relation IN (SELECT oid FROM wanted)) "
                  "SELECT words, remedy, age FROM found ORDER BY age DESC, words",
                  k_words, k_remedy, k_age, k_sessions, k_this_database),
      {sql::format_array(relations), sql::format_array(conflicting_modes(lock))}));
}

std::vector<Blocker> find_blockers_of(pg::Connection& connection, int pid) {
  // In the place of a prepared transaction stands 0: then it is one of those that lock what this
  // process waits for.
  return to_blockers(connection.query(
      fmt::format("WITH blocking AS (SELECT DISTINCT pid FROM "
                  "pg_catalog.unnest(pg_catalog.pg_blocking_pids($1::int)) AS pid), "
                  "l AS (SELECT pid, NULL::text AS virtualtransaction FROM blocking WHERE pid <> 0 "
                  "UNION SELECT NULL, held.virtualtransaction FROM pg_catalog.pg_locks held "
                  "JOIN pg_catalog.pg_locks wanted ON wanted.pid = $1::int AND NOT wanted.granted "
                  "AND (wanted.relation, wanted.transactionid, wanted.virtualxid) "
                  "IS NOT DISTINCT FROM (held.relation, held.transactionid, held.virtualxid) "
                  "WHERE held.granted AND held.pid IS NULL AND 0 = ANY (SELECT pid FROM blocking)) "
                  "SELECT {} AS words, {} AS remedy, {} AS age FROM l {} ORDER BY age DESC, words",
                  k_words, k_remedy, k_age, k_sessions),
      {std::to_string(pid)}));
}

std::string describe(const std::vector<Blocker>& blockers) {
  std::vector<std::string> all;
  for (const auto& blocker : blockers)
    if (all.size() < k_named) all.push_back(blocker.words);
  if (blockers.size() > k_named)
    all.push_back(fmt::format("and {} more", blockers.size() - k_named));
  return text::join(all, "; ");
}

std::string in_the_way(const std::vector<Blocker>& blockers) {
  return blockers.empty() ? "" : "; in the way: " + describe(blockers);
}

std::string way_out(const std::vector<Blocker>& blockers, std::string_view then,
                    std::string_view otherwise) {
  const auto found = std::find_if(blockers.begin(), blockers.end(),
                                  [](const Blocker& blocker) { return !blocker.remedy.empty(); });
  if (found == blockers.end()) return std::string(otherwise);
  return fmt::format("if that is forgotten, end it: {}; {}", found->remedy, then);
}

}  // namespace pgmend::engine
