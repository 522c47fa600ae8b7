// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "pg/server_folder.hpp"
#include "support/database.hpp"
#include "util/subprocess.hpp"

namespace pgmend::test {

/// Debian's PgBouncer before a database, in a temporary folder. Everybody gets
/// in as postgres.
class PgBouncer {
 public:
  /// Tests of it are skipped where it is not.
  static bool is_installed();

  /// `servers`: how many connections to the database it opens at most. `mode`: transaction, session
  /// or statement.
  PgBouncer(const Database& database, int servers, const std::string& mode = "transaction");
  PgBouncer(const PgBouncer&) = delete;
  PgBouncer& operator=(const PgBouncer&) = delete;

  std::string url() const;
  pg::Connection connect() const;

 private:
  pg::ConnectionParameters parameters() const;
  void wait_until_ready();

  std::string m_database;
  pg::ServerFolder m_folder;
  subprocess::Process m_process;
};

}  // namespace pgmend::test
