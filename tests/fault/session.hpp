// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "support/database.hpp"

namespace pgmend::test {

/// As app/database/advisory_lock.cpp does it.
constexpr const char* k_take_advisory_lock = "SELECT pg_advisory_lock(x'70676d656e64'::bigint)";

/// Somebody else's session, which sits in a transaction until end() is called.
class Holder {
 public:
  explicit Holder(const Database& db, const std::string& application = "holder")
      : m_connection(open(db, application)) {}

  Holder& begin(const std::string& sql, const std::string& isolation = "READ COMMITTED") {
    m_connection.query("BEGIN ISOLATION LEVEL " + isolation);
    m_connection.query(sql);
    return *this;
  }
  void query(const std::string& sql) { m_connection.query(sql); }
  void end() { m_connection.query("COMMIT"); }
  int pid() const { return m_connection.backend_pid(); }

 private:
  static pg::Connection open(const Database& db, const std::string& application) {
    auto parameters = db.parameters();
    parameters["application_name"] = application;
    return pg::Connection::open(parameters, {});
  }

  pg::Connection m_connection;
};

/// A transaction that holds a snapshot and no lock on any table: what index builds wait for.
inline Holder old_snapshot(const Database& db) {
  Holder holder(db, "old snapshot");
  holder.begin("SELECT 1", "REPEATABLE READ");
  return holder;
}

}  // namespace pgmend::test
