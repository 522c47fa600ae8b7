// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/server.hpp"

namespace pgmend::test {

/// An empty database for one test, dropped at the end. With PGMEND_TEST_KEEP in the environment it
/// is kept and its URL is printed (and so is the server, which then outlives the test).
class Database {
 public:
  using Rows = std::vector<std::vector<std::string>>;

  /// `options` is appended to CREATE DATABASE, such as "ENCODING 'LATIN1' LOCALE 'C'"; `original`
  /// is copied, and must have no sessions.
  explicit Database(PrivateServer& server = shared_server(), const std::string& options = "",
                    const std::string& original = "template0");
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& name() const { return m_name; }
  PrivateServer& server() const { return m_server; }
  /// postgresql://postgres@%2Ftmp%2F…:5432/name; for another role give its name.
  std::string url(const std::string& user = "postgres") const;
  pg::ConnectionParameters parameters(const std::string& user = "postgres") const;
  pg::Connection connect(const std::string& user = "postgres") const;

  /// A script of any number of statements, sent as psql -c would. Each call is a session of its
  /// own.
  void exec(const std::string& script) const;
  /// NULL is an empty text.
  Rows rows(const std::string& sql) const;
  /// The first column of the first row; empty if there is none.
  std::string value(const std::string& sql) const;

  /// A line for each catalog with the number and the digest of its rows, xmin included, without
  /// temporary objects and statistics: equal texts prove that the schema was not touched, and
  /// unequal ones name the catalog.
  std::string fingerprint() const;

  /// All of the schema, an object a line; the order of columns aside. Two databases with equal
  /// texts have equal schemas.
  std::string description() const;

 private:
  PrivateServer& m_server;
  std::string m_name;
};

/// A role of the server for one test. Dropped at the end with all that it owns and was granted in
/// `database`: declare it after the database.
class Role {
 public:
  /// `options` is appended to CREATE ROLE. The name is unique: `prefix` and a number.
  explicit Role(const Database& database, const std::string& options = "LOGIN",
                const std::string& prefix = "role");
  ~Role();
  Role(const Role&) = delete;
  Role& operator=(const Role&) = delete;

  const std::string& name() const { return m_name; }

 private:
  const Database& m_database;
  std::string m_name;
};

}  // namespace pgmend::test
