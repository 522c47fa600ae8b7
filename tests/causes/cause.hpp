// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "projects/project.hpp"
#include "support/database.hpp"
#include "support/matchers.hpp"

/// The known ways in which a version table and the real schema come apart, C01 to C26: for each,
/// the state is made, with the real Alembic where it is Alembic's doing, and the verdict has to
/// hold. At the end the program prints them all as a table.
namespace pgmend::test {

/// What pgmend has to say.
struct Answer {
  int exit_code = 0;
  std::string verdict;            // the first line begins with it, behind "verdict: "
  std::vector<std::string> says;  // in this order, line breaks aside
  bool may_be_wide = false;       // a name is wider than the report
};

/// A project with three revisions (a1 creates users, b2 adds users.name, c3 indexes it) and a spec
/// that expects what they make.
class CauseTest : public testing::Test {
 protected:
  CauseTest();

  static constexpr auto k_a1 = "CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);";
  static constexpr auto k_b2 = "ALTER TABLE users ADD name text;";
  static constexpr auto k_c3 = "CREATE INDEX ix_users_name ON users (name);";

  void env(const std::string& text) const { m_project.folder().write("migrations/env.py", text); }
  /// `upgrade`: lines of Python, without their indent. `down`: as Python, such as "'a1'".
  void revision(const std::string& id, const std::string& down,
                const std::vector<std::string>& upgrade) const;
  void spec(const std::string& yaml) const { m_project.folder().write("pgmend.yaml", yaml); }
  void exec(const std::string& sql) const { m_project.database().exec(sql); }
  /// What `alembic stamp` would leave.
  void record(const std::vector<std::string>& revisions) const;

  RunResult alembic(std::vector<std::string> args) const;
  /// Runs pgmend, checks the answer, and puts it down in the table, unless `cause` is empty.
  RunResult expect(const std::string& cause, const std::vector<std::string>& args,
                   const Answer& answer) const;
  /// The same, and nothing may have changed.
  RunResult expect_unchanged(const std::string& cause, const std::vector<std::string>& args,
                             const Answer& answer) const;
  /// ensure makes it correct; the version table is left alone.
  void expect_repaired(int items) const;

  const Database& db() const { return m_project.database(); }
  const Project& project() const { return m_project; }

 private:
  Project m_project;
};

}  // namespace pgmend::test
