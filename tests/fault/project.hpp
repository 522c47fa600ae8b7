// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/database.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::test {

/// A database and a pgmend.yaml for it, unless that is empty.
class Project {
 public:
  /// `options` go to CREATE DATABASE.
  Project(const std::string& sql, const std::string& yaml, PrivateServer& server = shared_server(),
          const std::string& options = "");

  const Database& db() const { return m_db; }

  RunResult run(std::vector<std::string> args) const;
  RunResult ensure() const { return run({"ensure"}); }
  RunResult verify() const { return run({"verify"}); }
  /// `url`: another way to the database.
  subprocess::Process start(std::vector<std::string> args, const std::string& url = "") const;

  /// How many sessions of pgmend are in the database, and fit this condition on pg_stat_activity.
  int sessions(const std::string& condition = "true") const;
  bool waits_for_lock() const { return sessions("wait_event_type = 'Lock'") > 0; }
  /// It is in the middle of a statement like this.
  bool is_at(const std::string& like) const;

  /// What pgmend must not leave behind, a row each: its helpers, its marks, anything INVALID.
  std::string leftovers() const;

 private:
  Database m_db;
  TempFolder m_folder;
};

/// Project::leftovers() of any database.
std::string leftovers_of(const Database& database);

/// One word behind the other: texts are found whatever lines they were wrapped into.
std::string in_one_line(const std::string& text);

/// A project in which there is something to do for every recipe.
class Damaged : public Project {
 public:
  explicit Damaged(PrivateServer& server = shared_server());

  /// All columns, indexes and constraints, and a digest of the rows as they were before.
  std::string shape() const;
  /// What shape() is after a repair that nothing disturbed.
  static const std::string& mended_shape();
};

/// The next run finishes the job, and leaves the database as a run that nothing disturbed does.
void expect_next_run_finishes(const Damaged& project);

}  // namespace pgmend::test
