// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/compare/filter.hpp"
#include "app/database/session.hpp"
#include "app/migrations/standing.hpp"
#include "engine/inspect.hpp"
#include "model/ledger.hpp"

namespace pgmend::app {

/// What is counted in a look.
struct LookOptions {
  std::vector<const Kind*> kinds;
  Filter filter;  // whose --schema-name says nothing here
  /// Of a partial expectation: the relations that it names; nothing: all.
  std::optional<std::vector<std::string>> relations;
  std::chrono::milliseconds lock_timeout{1000};
  /// Of the project, which may give version tables names that are none of the usual.
  const Migrations* migrations = nullptr;
  bool may_be_shared = true;  // with a second session, where there is much to read
};

/// What is seen of a member from afar: all members of a database are read at once.
struct Glance {
  engine::Fingerprint print;
  std::vector<Ledger> records;
  std::string unread;  // why not all of it could be read
};

/// The schemas of a database, each by its shape: all in one reading, or, where the server has no
/// room for the locks of that, these in as many as it takes. What holds nothing is not among them.
std::map<std::string, Glance> look_at_schemas(pg::Connection& connection,
                                              const std::vector<std::string>& schemas,
                                              const LookOptions& options);
/// One of them.
Glance look_at_schema(pg::Connection& connection, const std::string& schema,
                      const LookOptions& options);
/// All of a database.
Glance look_at_database(pg::Connection& connection, const LookOptions& options);

}  // namespace pgmend::app
