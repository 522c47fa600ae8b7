// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "pg/connection.hpp"

namespace pgmend::app {

/// The lock that keeps two runs from repairing one database at the same time. It belongs to the
/// session: when the process dies, the server drops it together with the statement that ran.
///
/// It is polled, never waited for: a waiting session holds a snapshot, and a concurrent index build
/// of the one that has the lock would wait for that snapshot (a deadlock).
class AdvisoryLock {
 public:
  using Progress = std::function<void(const std::string&)>;

  /// Nothing if it could not be had in time.
  static std::optional<AdvisoryLock> acquire(pg::Connection& connection,
                                             std::chrono::milliseconds patience,
                                             const Progress& progress);

  AdvisoryLock(AdvisoryLock&& other) noexcept;
  AdvisoryLock& operator=(AdvisoryLock&&) = delete;
  AdvisoryLock(const AdvisoryLock&) = delete;
  AdvisoryLock& operator=(const AdvisoryLock&) = delete;
  ~AdvisoryLock();

 private:
  explicit AdvisoryLock(pg::Connection& connection) : m_connection(&connection) {}

  pg::Connection* m_connection;
};

}  // namespace pgmend::app
