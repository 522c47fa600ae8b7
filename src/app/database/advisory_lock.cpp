// SPDX-License-Identifier: MIT
#include "app/database/advisory_lock.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/errors.hpp"
#include "pg/transaction.hpp"
#include "util/interrupt.hpp"

namespace pgmend::app {

namespace {

// "pgmend" in ASCII. Advisory locks are per database, so one key serves for all.
constexpr long long k_key = 0x70676d656e64;

bool try_lock(pg::Connection& connection, std::string_view function) {
  return connection.query(fmt::format("SELECT pg_catalog.{}({}) AS got", function, k_key))
      .boolean(0, "got");
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
  } catch (const pg::ConnectionError&) {
    if (seconds < k_pool_patience) throw;
    throw UnverifiedError(
        fmt::format("the pooler gave no second connection within {} s; one holds the lock while "
                    "the other repairs",
                    k_pool_patience),
        "let the pool have two connections or more (pool_size), or give the direct connection; if "
        "it is only busy, run again");
  }
}

std::string holder(pg::Connection& connection) {
  const auto result = connection.query(
      fmt::format("SELECT pid FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted "
                  "AND classid = {} AND objid = {} AND objsubid = 1 "
                  "AND database = (SELECT oid FROM pg_catalog.pg_database "
                  "WHERE datname = pg_catalog.current_database())",
                  k_key >> 32, k_key & 0xffffffff));
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

AdvisoryLock::AdvisoryLock(pg::Connection& connection) : m_connection(&connection) {}

AdvisoryLock::AdvisoryLock(std::unique_ptr<OwnTransaction> transaction)
    : m_own(std::move(transaction)) {}

std::optional<AdvisoryLock> AdvisoryLock::try_once(pg::Connection& connection,
                                                   const Progress& progress) {
  if (!connection.is_pooled()) {
    if (!try_lock(connection, "pg_try_advisory_lock")) return std::nullopt;
    return AdvisoryLock(connection);
  }
  auto own = std::make_unique<OwnTransaction>(connection.another(), progress);
  if (!try_lock(own->connection, "pg_try_advisory_xact_lock")) return std::nullopt;
  in_time(connection, progress, [&] { connection.query("SELECT 1"); });
  return AdvisoryLock(std::move(own));
}

std::optional<AdvisoryLock> AdvisoryLock::acquire(pg::Connection& connection,
                                                  std::chrono::milliseconds patience,
                                                  const Progress& progress) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    if (auto lock = try_once(connection, progress)) return lock;
    if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
    progress(fmt::format("waiting for another pgmend{} that is repairing this database",
                         holder(connection)));
    interrupt::sleep(std::chrono::milliseconds(200));
  }
}

void AdvisoryLock::confirm() const {
  if (m_own) m_own->connection.query("SELECT 1");
}

AdvisoryLock::AdvisoryLock(AdvisoryLock&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)), m_own(std::move(other.m_own)) {}

AdvisoryLock::~AdvisoryLock() {
  if (m_connection && m_connection->is_alive())
    m_connection->try_query(fmt::format("SELECT pg_catalog.pg_advisory_unlock({})", k_key));
}

}  // namespace pgmend::app
