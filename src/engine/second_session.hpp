// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <exception>
#include <future>
#include <optional>
#include <span>
#include <string>
#include <thread>

#include "pg/connection.hpp"
#include "pg/transaction.hpp"

namespace pgmend::engine {

/// Copies out in a session of its own, in a thread, in the snapshot of the first session
/// (PostgreSQL documentation, section 9.27.5, "Snapshot Synchronization Functions").
class SecondSession {
 public:
  /// Connects, which takes its time, while the caller goes on.
  SecondSession(const pg::Connection& first, std::chrono::milliseconds lock_timeout);
  /// Waits until the thread has ended.
  ~SecondSession();
  SecondSession(const SecondSession&) = delete;
  SecondSession& operator=(const SecondSession&) = delete;

  /// Starts with these, in that snapshot. `take` is called from the thread; it and the statements
  /// live until finish().
  void start(std::span<const std::string> statements, const std::string& snapshot,
             pg::Connection::TakeRow take);
  /// Waits for the end. False if there was no session to be had, or none with that snapshot: then
  /// nothing was taken. Throws what a statement threw.
  bool finish();

 private:
  void run();

  std::optional<pg::Connection> m_connection;
  std::promise<bool> m_go;  // whether there is anything to do
  std::span<const std::string> m_statements;
  pg::Pins m_pins;
  pg::Connection::TakeRow m_take;
  bool m_has_begun = false;
  std::exception_ptr m_failure;
  bool m_is_told = false;
  std::thread m_thread;
};

}  // namespace pgmend::engine
