// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

#include "pg/connection.hpp"

namespace pgmend::pg {

/// What a session is pinned to. Each of these settings changes what the server prints or does, so
/// no role's, database's or postgresql.conf's value may shine through. They are set for the
/// transaction only (`SET LOCAL`): nothing leaks through a pooler to the next client.
struct Pins {
  std::string search_path = "pg_catalog";
  std::chrono::milliseconds lock_timeout{1000};
  bool only_catalogs = false;  // it plans no queries but those of the catalogs; snapshots never do
  std::chrono::milliseconds statement_timeout{0};  // 0: none
  std::string snapshot = {};  // that another session exported; empty: the transaction's own
};

/// A transaction, acting as Connection::role(), that is rolled back unless commit() is called. Not
/// nested.
class Transaction {
 public:
  enum class Mode {
    read_only_snapshot,  // REPEATABLE READ, READ ONLY
    read_write,          // READ COMMITTED
  };

  Transaction(Connection& connection, Mode mode, const Pins& pins);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();
  /// As Connection::copy_all; rolls back in the same round trip.
  void copy_last(std::vector<std::string> statements, const Connection::TakeRow& take);
  void set_search_path(const std::string& search_path);

 private:
  Connection& m_connection;
  bool m_open = true;
};

/// Runs these in a READ COMMITTED transaction of their own, to its COMMIT or to the first that
/// fails: one round trip, so that no lock is held while the client is waited for. Throws as
/// Connection::query_all().
void run_transaction(Connection& connection, const std::vector<std::string>& statements,
                     const Pins& pins);

/// Asks these in a read-only snapshot of their own: one round trip for all of it.
std::vector<Result> read_snapshot(Connection& connection, const std::vector<Statement>& statements,
                                  const Pins& pins = {});

/// A savepoint that is rolled back when it goes out of scope, unless released. Several may nest.
class Savepoint {
 public:
  explicit Savepoint(Connection& connection);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  void release();

 private:
  Connection& m_connection;
  bool m_open = true;
};

/// Pins the whole session instead of one transaction: for statements that refuse to run inside one.
/// Transactions have their own pins all the same. unpin_session() takes it back, once for all.
void pin_session(Connection& connection, const Pins& pins);
void unpin_session(Connection& connection) noexcept;

}  // namespace pgmend::pg
