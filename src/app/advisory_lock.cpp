// SPDX-License-Identifier: MIT
#include "app/advisory_lock.hpp"

#include <fmt/format.h>

#include <utility>

#include "util/interrupt.hpp"

namespace pgmend::app {

namespace {

// "pgmend" in ASCII. Advisory locks are per database, so one key serves for all.
constexpr long long k_key = 0x70676d656e64;

bool try_lock(pg::Connection& connection) {
  return connection.query(fmt::format("SELECT pg_catalog.pg_try_advisory_lock({}) AS got", k_key))
      .boolean(0, "got");
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

std::optional<AdvisoryLock> AdvisoryLock::acquire(pg::Connection& connection,
                                                  std::chrono::milliseconds patience,
                                                  const Progress& progress) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!try_lock(connection)) {
    if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
    progress(fmt::format("waiting for another pgmend{} that is repairing this database",
                         holder(connection)));
    interrupt::sleep(std::chrono::milliseconds(200));
  }
  return AdvisoryLock(connection);
}

AdvisoryLock::AdvisoryLock(AdvisoryLock&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)) {}

AdvisoryLock::~AdvisoryLock() {
  if (m_connection && m_connection->is_alive())
    m_connection->try_query(fmt::format("SELECT pg_catalog.pg_advisory_unlock({})", k_key));
}

}  // namespace pgmend::app
