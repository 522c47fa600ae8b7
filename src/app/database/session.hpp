// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/database/project.hpp"
#include "app/database/scratch.hpp"
#include "app/database/target.hpp"
#include "model/report.hpp"

namespace pgmend::app {

/// How to reach the target.
struct ConnectionRequest {
  std::optional<std::string> database;  // --database
  std::optional<DatabaseSearch::Labelled> config;
  int connect_timeout_seconds = 10;
  bool log_sql = false;
  std::optional<std::string> role = {};  // --role: that is acted as in place of the user
  std::optional<DatabaseSearch::Labelled> config_role = {};  // `role:` of pgmend.yaml
  std::string database_origin = "--database";  // where `database` was written: "urls.txt:3"
};

struct Session {
  Target target;
  pg::ConnectionParameters parameters;  // as they were given; they hold the password
  Subject subject;                      // target, origin and notes filled in
};

/// Finds the database and connects. Throws UsageError for a connection that cannot be understood,
/// UnverifiedError for one that cannot be made; neither tells the password.
Session connect(const ConnectionRequest& request);

/// What a scratch database has to know of the target. Throws UnverifiedError.
Scratch::Target scratch_target(Session& session);

}  // namespace pgmend::app
