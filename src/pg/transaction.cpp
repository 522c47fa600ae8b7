// SPDX-License-Identifier: MIT
#include "pg/transaction.hpp"

#include <fmt/format.h>

#include "util/sql.hpp"

namespace pgmend::pg {

namespace {

std::string set_config(std::string_view name, std::string_view value, bool local) {
  return fmt::format("pg_catalog.set_config({}, {}, {})", sql::quote_literal(name),
                     sql::quote_literal(value), local);
}

/// The first statement of all: the others are not meant for the role's statement_timeout.
std::string without_deadline(bool local) {
  return fmt::format("SET {}statement_timeout = 0", local ? "LOCAL " : "");
}

/// One SELECT that sets everything.
std::string pinning(const Connection& connection, const Pins& pins, bool local,
                    bool only_catalogs = false) {
  std::string query = "SELECT " + set_config("search_path", pins.search_path, local);
  const auto add = [&](std::string_view name, std::string_view value) {
    query += ", " + set_config(name, value, local);
  };
  add("DateStyle", "ISO, YMD");
  add("IntervalStyle", "postgres");
  add("TimeZone", "UTC");
  add("bytea_output", "hex");
  add("xmloption", "content");
  add("standard_conforming_strings", "on");
  add("quote_all_identifiers", "off");
  add("extra_float_digits", "1");
  add("default_tablespace", "");
  add("default_table_access_method", "heap");
  add("check_function_bodies", "off");
  add("row_security", "off");
  // For what runs outside of a transaction block of ours, such as CREATE INDEX CONCURRENTLY.
  add("default_transaction_read_only", "off");
  add("default_transaction_isolation", "read committed");
  add("default_transaction_deferrable", "off");
  add("lock_timeout", fmt::format("{}ms", pins.lock_timeout.count()));
  add("statement_timeout", fmt::format("{}ms", pins.statement_timeout.count()));
  add("idle_in_transaction_session_timeout", "0");
  // Catalog queries join a dozen tables in an order that is good as it is written: to try others
  // takes the planner several times longer than to run them.
  if (only_catalogs || pins.only_catalogs) {
    add("join_collapse_limit", "1");
    add("from_collapse_limit", "1");
    add("jit", "off");
    add("max_parallel_workers_per_gather", "0");  // whose start takes longer than they save
    add("work_mem", "32MB");  // the columns of some thousand tables are sorted without a file
  }
  if (!connection.role().empty()) add("role", connection.role());
  // Without it a killed client's statement, and its lock, live on until the statement ends.
  if (connection.server_version() >= 140000) add("client_connection_check_interval", "1s");
  if (connection.server_version() >= 170000) add("transaction_timeout", "0");
  return query;
}

/// What begins a transaction.
std::vector<Statement> beginning(const Connection& connection, bool snapshot, const Pins& pins) {
  std::vector<Statement> statements = {
      {snapshot ? "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                : "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE"},
      {without_deadline(true)}};
  if (!pins.snapshot.empty())
    statements.push_back({"SET TRANSACTION SNAPSHOT " + sql::quote_literal(pins.snapshot)});
  statements.push_back({pinning(connection, pins, true, snapshot)});
  return statements;
}

/// As Connection::query_all(), for statements that begin a transaction: an error leaves none open.
std::vector<Result> query_or_roll_back(Connection& connection,
                                       const std::vector<Statement>& statements) {
  try {
    return connection.query_all(statements);
  } catch (...) {
    connection.try_query("ROLLBACK");
    throw;
  }
}

}  // namespace

Transaction::Transaction(Connection& connection, Mode mode, const Pins& pins)
    : m_connection(connection) {
  query_or_roll_back(connection, beginning(connection, mode == Mode::read_only_snapshot, pins));
}

Transaction::~Transaction() {
  if (m_open) m_connection.try_query("ROLLBACK");
}

void Transaction::commit() {
  m_open = false;
  try {
    m_connection.query("COMMIT");
  } catch (...) {
    if (m_connection.in_transaction()) m_connection.try_query("ROLLBACK");
    throw;
  }
}

void Transaction::copy_last(std::vector<std::string> statements, const Connection::TakeRow& take) {
  statements.emplace_back("ROLLBACK");
  m_connection.copy_all(statements, take);
  m_open = false;
}

void Transaction::set_search_path(const std::string& search_path) {
  m_connection.query("SELECT " + set_config("search_path", search_path, true));
}

void run_transaction(Connection& connection, const std::vector<std::string>& statements,
                     const Pins& pins) {
  auto all = beginning(connection, false, pins);
  for (const auto& statement : statements) all.push_back({statement});
  all.push_back({"COMMIT"});
  query_or_roll_back(connection, all);
}

std::vector<Result> read_snapshot(Connection& connection, const std::vector<Statement>& statements,
                                  const Pins& pins) {
  auto all = beginning(connection, true, pins);
  const auto before = static_cast<std::ptrdiff_t>(all.size());
  all.insert(all.end(), statements.begin(), statements.end());
  all.push_back({"ROLLBACK"});
  auto results = query_or_roll_back(connection, all);
  results.pop_back();
  results.erase(results.begin(), results.begin() + before);
  return results;
}

Savepoint::Savepoint(Connection& connection) : m_connection(connection) {
  connection.query("SAVEPOINT pgmend");
}

Savepoint::~Savepoint() {
  if (!m_open) return;
  m_connection.try_query("ROLLBACK TO SAVEPOINT pgmend");
  m_connection.try_query("RELEASE SAVEPOINT pgmend");
}

void Savepoint::release() {
  m_open = false;
  m_connection.query("RELEASE SAVEPOINT pgmend");
}

void pin_session(Connection& connection, const Pins& pins) {
  auto settings = pinning(connection, pins, false);
  if (connection.pinned() == settings) return;
  const std::vector<Statement> statements = {{without_deadline(false)}, {settings}};
  connection.set_pinned("some of it");  // to be taken back, whatever comes of this
  connection.query_all(statements);
  connection.set_pinned(std::move(settings));
}

void unpin_session(Connection& connection) noexcept {
  if (connection.pinned().empty()) return;
  connection.set_pinned({});
  connection.try_query("RESET ALL");
  // Which RESET ALL leaves alone.
  if (!connection.role().empty()) connection.try_query("RESET ROLE");
}

}  // namespace pgmend::pg
