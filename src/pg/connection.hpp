// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
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

struct Statement {
  std::string sql;
  Parameters parameters = {};
};

/// One session. Every statement is sent by the extended protocol, which takes exactly one
/// statement, so that no text can smuggle in a second (but for copy_all()). A stop requested by
/// signal cancels the running statement and throws interrupt::Interrupted; a server that does not
/// heed that, nor answers anything else from then on, is left: the connection counts as lost. So it
/// does when the server has been silent for long and takes no other connection any more.
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

  /// Sends all of them at once and gives `take` each answer as it comes, while the server works on
  /// the next: one round trip for all (section 34.5, "Pipeline Mode"). When one fails, so does
  /// this, and those behind it are not run. `take` must not use this connection.
  using Take = std::function<void(std::size_t number, const Result& result)>;
  void query_all(std::span<const Statement> statements, const Take& take);
  /// The same, with all answers at the end.
  std::vector<Result> query_all(std::span<const Statement> statements);
  /// The same with COPY ... TO STDOUT: `take` is given one row at a time, as it was sent, without
  /// the end of the line. That costs a fraction of what a result costs (section 34.10). All are
  /// sent as one text by the simple protocol: they must not hold anything that somebody else wrote.
  using TakeRow = std::function<void(std::size_t number, std::string_view row)>;
  void copy_all(std::span<const std::string> statements, const TakeRow& take);

  /// For clean-up: runs without heeding signals, and swallows errors. False if it failed.
  bool try_query(const std::string& sql) noexcept;

  /// While one of these lives, `tick` is called about every `interval` for as long as a statement
  /// runs; the statement is cancelled (SQLSTATE 57014) when it returns false, or the connection is
  /// left, as a pooler takes no request to cancel what still waits for a server. It must not use
  /// this connection, and throws nothing. Not nested.
  class Watch {
   public:
    using Tick = std::function<bool()>;
    enum class Then { cancel, give_up };
    Watch(Connection& connection, std::chrono::milliseconds interval, Tick tick,
          Then then = Then::cancel);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    friend class Connection;
    Connection& m_connection;
    std::chrono::milliseconds m_interval;
    Tick m_tick;
    Then m_then;
  };

  /// A second session, opened in the same way. Throws ConnectionError.
  Connection another() const;

  /// The role that transactions act as from now on (see Transaction); empty: the user's own.
  void set_role(std::string role) { m_role = std::move(role); }
  const std::string& role() const { return m_role; }

  /// What pin_session() has set; empty: nothing.
  const std::string& pinned() const { return m_pinned; }
  void set_pinned(std::string settings) { m_pinned = std::move(settings); }

  /// Whether there is a connection pooler between here and the server: then what is set for the
  /// session is not ours alone, and the next transaction may come to another server process.
  bool is_pooled();
  /// Whether the server was a standby when it was asked first.
  bool is_standby();

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
  Connection(pg_conn* conn, ConnectionParameters parameters, const Options& options);
  void log(const Statement& statement) const;
  void send(const Statement& statement);
  void send_all(std::span<const Statement> statements, bool flush_each = false);
  struct Wait;
  Result wait_for_result(const std::string& sql);
  pg_result* next_result(Wait& wait, const std::string& sql, const pg_result* failed);
  void take_copy(Wait& wait, const std::string& sql,
                 const std::function<void(std::string_view row)>& take);
  void wait_readable(Wait& wait);
  bool is_answered() const;
  std::chrono::milliseconds until_knock(Wait& wait) const;
  void knock(Wait& wait);
  bool look_at_interrupts(Wait& wait);
  void cancel() noexcept;
  [[noreturn]] void give_up();
  [[noreturn]] static void throw_given_up(const std::string& sql);
  friend class Pipeline;
  void leave_pipeline() noexcept;
  [[noreturn]] void fail(const std::string& sql, const pg_result* result) const;

  /// What is at the other end; asked when somebody wants to know.
  struct Peer {
    bool is_pooled;
    bool is_standby;
  };
  const Peer& peer();

  struct Finish {
    void operator()(pg_conn* conn) const;
  };
  std::unique_ptr<pg_conn, Finish> m_conn;
  ConnectionParameters m_parameters;
  Options m_options;
  std::string m_role;
  std::string m_pinned;
  std::optional<Peer> m_peer;
  Watch* m_watch = nullptr;
  bool m_is_given_up = false;  // it did not answer when it was to stop
  int m_number = 0;
};

}  // namespace pgmend::pg
