// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "pg/connection.hpp"

namespace pgmend::app {

/// The lock that keeps two runs from repairing one database at the same time. It belongs to the
/// session: when the process dies, the server drops it together with the statement that ran.
///
/// It is polled, never waited for: a waiting session holds a snapshot, and a concurrent index build
/// of the one that has the lock would wait for that snapshot (a deadlock).
///
/// Behind a connection pooler a session is not ours: its lock would stay there when we are gone,
/// and shut everybody out. There the lock belongs to a transaction, on a connection of its own,
/// that stays open for as long as the lock is needed.
class AdvisoryLock {
 public:
  using Progress = std::function<void(const std::string&)>;

  /// `schema`: the only one that is repaired, so that others may be at the same time; empty: all of
  /// the database is. Nothing if it could not be had in time. Throws pg::Error, and UnverifiedError
  /// where a pooler has no second connection for it: then the given one is lost, too.
  static std::optional<AdvisoryLock> acquire(pg::Connection& connection,
                                             std::chrono::milliseconds patience,
                                             const Progress& progress,
                                             const std::string& schema = {});

  /// Throws pg::ConnectionError if it was lost while others may already have it.
  void confirm() const;

  AdvisoryLock(AdvisoryLock&& other) noexcept;
  AdvisoryLock& operator=(AdvisoryLock&&) = delete;
  AdvisoryLock(const AdvisoryLock&) = delete;
  AdvisoryLock& operator=(const AdvisoryLock&) = delete;
  ~AdvisoryLock();

 private:
  struct OwnTransaction;
  static std::optional<AdvisoryLock> try_once(pg::Connection& connection, const Progress& progress,
                                              const std::string& schema);
  AdvisoryLock(pg::Connection& connection, std::string schema);
  explicit AdvisoryLock(std::unique_ptr<OwnTransaction> transaction);

  pg::Connection* m_connection = nullptr;  // whose session has it
  std::string m_schema;                    // empty: all of the database
  std::unique_ptr<OwnTransaction> m_own;   // or else
};

}  // namespace pgmend::app
