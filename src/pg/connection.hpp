// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pg/error.hpp"
#include "pg/result.hpp"

struct pg_conn;

namespace pgmend::pg {

/// libpq connection keywords and their values (PostgreSQL documentation, section 34.1.2).
using ConnectionParameters = std::map<std::string, std::string>;

using Parameters = std::vector<std::optional<std::string>>;

/// One session. Every statement is sent by the extended protocol, which takes exactly one
/// statement, so that no text can smuggle in a second. A stop requested by signal cancels the
/// running statement and throws interrupt::Interrupted.
class Connection {
 public:
  struct Options {
    std::chrono::seconds connect_timeout{10};
    bool log_sql = false;  // every statement to stderr, with this connection's number
  };

  /// Throws ConnectionError. The password appears in no message.
  static Connection open(ConnectionParameters parameters, const Options& options);

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Throws Error for what the server refuses, ConnectionError when the connection is lost.
  Result query(const std::string& sql, const Parameters& parameters = {});

  /// For clean-up: runs without heeding signals, and swallows errors. False if it failed.
  bool try_query(const std::string& sql) noexcept;

  /// Major * 10000, as PQserverVersion: 150020 is 15.20.
  int server_version() const;
  int server_major() const { return server_version() / 10000; }
  /// As the server reports it, for people: "15.20 (Debian 15.20-0+deb12u1)".
  std::string server_version_text() const;
  int backend_pid() const;
  bool in_transaction() const;
  bool is_alive() const;
  /// Values in effect after libpq has applied its defaults, service file and PG* variables. The
  /// password is never returned.
  std::string parameter(std::string_view keyword) const;

 private:
  explicit Connection(pg_conn* conn, const Options& options);
  void log(const std::string& sql, const Parameters& parameters) const;
  Result wait_for_result(const std::string& sql);
  void wait_readable(bool& cancel_sent);
  void cancel() noexcept;
  [[noreturn]] void fail(const std::string& sql, const pg_result* result) const;

  struct Finish {
    void operator()(pg_conn* conn) const;
  };
  std::unique_ptr<pg_conn, Finish> m_conn;
  Options m_options;
  int m_number = 0;
};

}  // namespace pgmend::pg
