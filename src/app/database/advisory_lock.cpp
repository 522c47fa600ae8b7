// SPDX-License-Identifier: MIT
#include "app/database/advisory_lock.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "app/errors.hpp"
#include "pg/transaction.hpp"
#include "util/interrupt.hpp"
#include "util/sql.hpp"

namespace pgmend::app {

namespace {

// "pgmend" in ASCII. Advisory locks are per database, so one key serves for all.
constexpr long long k_key = 0x70676d656e64;

/// What schemas are locked by has two keys: these are told apart from the one.
constexpr int k_schema_class = 0x706d6473;

std::string key_of(const std::string& schema) {
  return fmt::format("{}, pg_catalog.hashtext({})", k_schema_class, sql::quote_literal(schema));
}

bool try_lock(pg::Connection& connection, const std::string& function, const std::string& key) {
  return connection.query(fmt::format("SELECT pg_catalog.{}({}) AS got", function, key))
      .boolean(0, "got");
}

/// One schema: the database is shared with those who repair others, and nobody repairs all of it.
/// What was had of it goes with the session or transaction, or is let go here.
bool try_locks(pg::Connection& connection, const std::string& function, const std::string& schema) {
  const auto whole = std::to_string(k_key);
  if (schema.empty()) return try_lock(connection, function, whole);
  if (!try_lock(connection, function + "_shared", whole)) return false;
  if (try_lock(connection, function, key_of(schema))) return true;
  if (!connection.in_transaction())
    connection.query(fmt::format("SELECT pg_catalog.pg_advisory_unlock_shared({})", whole));
  return false;
}

/// In seconds. A busy pool has one free by then.
constexpr int k_pool_patience = 10;

/// Does what needs a server's session of this connection. A pooler lets it wait for one, and takes
/// no request to cancel meanwhile: so the connection is given up.
template <typename Work>
void in_time(pg::Connection& connection, const AdvisoryLock::Progress& progress, Work work) {
  int seconds = 0;
  const auto tick = [&] {
    if (++seconds == 1) progress("waiting for a second connection from the pooler");
    return seconds < k_pool_patience;
  };
  const pg::Connection::Watch watch(connection, std::chrono::seconds(1), tick,
                                    pg::Connection::Watch::Then::give_up);
  try {
    work();
  } catch (const pg::ConnectionError& error) {
    // It may have given up by itself.
    const auto why = seconds < k_pool_patience ? fmt::format(" ({})", error.what())
                                               : fmt::format(" within {} s", k_pool_patience);
    throw UnverifiedError(
        fmt::format("the pooler gave no second connection{}; one holds the lock while the other "
                    "repairs",
                    why),
        "let the pool have two connections or more (pool_size), or give the direct connection; if "
        "it is only busy, run again");
  }
}

std::string holder(pg::Connection& connection, const std::string& schema) {
  const auto result = connection.query(
      fmt::format("SELECT pid FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted "
                  "AND ((classid = {} AND objid = {} AND objsubid = 1 AND mode = 'ExclusiveLock') "
                  "OR (classid = {} AND objsubid = 2 "
                  "AND objid = pg_catalog.hashtext({})::bit(32)::bigint)) "
                  "AND database = (SELECT oid FROM pg_catalog.pg_database "
                  "WHERE datname = pg_catalog.current_database())",
                  k_key >> 32, k_key & 0xffffffff, k_schema_class, sql::quote_literal(schema)));
  return result.rows() == 0 ? "" : fmt::format(" (server process {})", result.get(0, "pid"));
}

}  // namespace

/// In a transaction that is READ COMMITTED, so that it holds no snapshot while it is idle.
struct AdvisoryLock::OwnTransaction {
  OwnTransaction(pg::Connection beside, const Progress& progress) : connection(std::move(beside)) {
    in_time(connection, progress, [&] {
      transaction.emplace(connection, pg::Transaction::Mode::read_write, pg::Pins{});
    });
  }

  pg::Connection connection;
  std::optional<pg::Transaction> transaction;
};

AdvisoryLock::AdvisoryLock(pg::Connection& connection, std::string schema)
    : m_connection(&connection), m_schema(std::move(schema)) {}

AdvisoryLock::AdvisoryLock(std::unique_ptr<OwnTransaction> transaction)
    : m_own(std::move(transaction)) {}

std::optional<AdvisoryLock> AdvisoryLock::try_once(pg::Connection& connection,
                                                   const Progress& progress,
                                                   const std::string& schema) {
  if (!connection.is_pooled()) {
    if (!try_locks(connection, "pg_try_advisory_lock", schema)) return std::nullopt;
    return AdvisoryLock(connection, schema);
  }
  auto own = std::make_unique<OwnTransaction>(connection.another(), progress);
  if (!try_locks(own->connection, "pg_try_advisory_xact_lock", schema)) return std::nullopt;
  in_time(connection, progress, [&] { connection.query("SELECT 1"); });
  return AdvisoryLock(std::move(own));
}

std::optional<AdvisoryLock> AdvisoryLock::acquire(pg::Connection& connection,
                                                  std::chrono::milliseconds patience,
                                                  const Progress& progress,
                                                  const std::string& schema) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    if (auto lock = try_once(connection, progress, schema)) return lock;
    if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
    progress(fmt::format("waiting for another pgmend{} that is repairing this {}",
                         holder(connection, schema), schema.empty() ? "database" : "schema"));
    interrupt::sleep(std::chrono::milliseconds(200));
  }
}

void AdvisoryLock::confirm() const {
  if (m_own) m_own->connection.query("SELECT 1");
}

AdvisoryLock::AdvisoryLock(AdvisoryLock&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)),
      m_schema(std::move(other.m_schema)),
      m_own(std::move(other.m_own)) {}

AdvisoryLock::~AdvisoryLock() {
  if (!m_connection || !m_connection->is_alive()) return;
  if (m_schema.empty()) {
    m_connection->try_query(fmt::format("SELECT pg_catalog.pg_advisory_unlock({})", k_key));
    return;
  }
  m_connection->try_query(
      fmt::format("SELECT pg_catalog.pg_advisory_unlock({}), "
                  "pg_catalog.pg_advisory_unlock_shared({})",
                  key_of(m_schema), k_key));
}

}  // namespace pgmend::app
