// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "pg/connection.hpp"
#include "source/sql_files.hpp"

namespace pgmend::source {

struct LoadOptions {
  /// The server is private and throw-away: roles may be made on it. On any other, what reaches
  /// beyond the database is undone and said.
  bool is_private = false;
  std::string server;    // for people: "a private PostgreSQL 15.20 server"
  int wanted_major = 0;  // of the database that the script is for; 0: not known
  /// Owners and privileges count: what is said of roles that are not there is an error then.
  bool needs_privileges = false;
};

/// Runs a script in the database of this session as psql would, but for the schema only: rows are
/// skipped, and statements that stand in front of what they need are tried again behind it.
/// Returns notes for people: what was skipped, and why. Throws SpecError for what the server
/// refuses, with the place in the file.
std::vector<std::string> load_sql(pg::Connection& connection, const SqlScript& script,
                                  const LoadOptions& options);

}  // namespace pgmend::source
