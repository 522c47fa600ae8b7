// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/database.hpp"
#include "support/matchers.hpp"
#include "support/run.hpp"
#include "support/temp_folder.hpp"

/// The program as users run it: a folder with a pgmend.yaml, and a database.
namespace pgmend::test {

using Arguments = std::vector<std::string>;

/// The exit codes that users rely on.
enum Exit {
  exit_correct = 0,
  exit_drift = 1,
  exit_usage = 2,
  exit_unverified = 3,
  exit_failed = 4,
  exit_not_now = 5,
};

/// The first line of `text` wider than 80 characters that is neither SQL nor a command; empty if
/// there is none.
std::string too_wide(const std::string& text);

/// Without rules, the header up to the expected schema, and empty lines: what the report says.
std::string body(const std::string& report);

/// One word behind the other, so that a text can be found whatever lines it was wrapped into.
std::string unwrapped(const std::string& text);

class CliTest : public testing::Test {
 protected:
  /// users(id) and api_keys(id, user_id, instance_id, is_active), with a row in each.
  static std::shared_ptr<Database> make_database();

  explicit CliTest(std::shared_ptr<Database> database = make_database())
      : m_database(std::move(database)) {}

  void spec(const std::string& yaml) const { m_folder.write("pgmend.yaml", yaml); }
  /// In the folder, with --database; for another role give its name.
  RunResult run(Arguments args, const std::string& user = "postgres",
                const subprocess::Environment& env = {}) const;
  /// The same on a terminal of so many columns: what it shows, without colours.
  std::string run_on_terminal(Arguments args, int columns) const;
  /// In the folder, without --database.
  RunResult run_bare(const Arguments& args, const subprocess::Environment& env = {}) const;

  /// What the database is made of, and its rows with the transactions that wrote them.
  std::string state() const { return state_of(*m_database); }
  static std::string state_of(const Database& database);
  /// Runs, and expects that nothing changed.
  RunResult run_unchanged(const Arguments& args, const std::string& user = "postgres") const;

  /// "id integer, name text": the columns of a table as they are.
  std::string columns(const std::string& table) const;

  const Database& db() const { return *m_database; }
  const TempFolder& folder() const { return m_folder; }

 private:
  std::shared_ptr<Database> m_database;
  TempFolder m_folder;
};

/// For many short tests in which nothing may ever change: they share one database, and after the
/// last one it must be as it was before the first.
class UnchangedCliTest : public CliTest {
 protected:
  UnchangedCliTest() : CliTest(s_database) {}
  static void SetUpTestSuite() {
    s_database = make_database();
    s_before = state_of(*s_database);
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(s_before, state_of(*s_database));
    s_database.reset();
  }

 private:
  static inline std::shared_ptr<Database> s_database;
  static inline std::string s_before;
};

}  // namespace pgmend::test
