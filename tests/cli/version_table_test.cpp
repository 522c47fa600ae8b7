// SPDX-License-Identifier: MIT
// Version tables of other names than the usual are only looked for by their columns where the
// schema does not tell already that there are none.
#include <gtest/gtest.h>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class RenamedVersionTable : public CliTest {
 protected:
  RenamedVersionTable() {
    db().exec(
        "CREATE TABLE deployments (installed_rank int, version text, description text,"
        " type text, script text, checksum int, success boolean);"
        "INSERT INTO deployments VALUES (1, '7', 'users', 'SQL', 'V7__users.sql', 1, true)");
  }

  void expect_told(Arguments args) const {
    args.insert(args.end(), {"--schema", "schema.lock", "--no-cache"});
    const auto result = run(args);
    EXPECT_TRUE(contains(result.out, "Flyway says:      1 applied, the last: 7 users"))
        << testing::PrintToString(args) << result.out << result.err;
  }
};

TEST_F(RenamedVersionTable, IsFoundWhereAllIsAsExpected) {
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  expect_told({"verify"});
  expect_told({"ensure"});
}

TEST_F(RenamedVersionTable, IsFoundAmongWhatIsNotExpected) {
  db().exec("ALTER TABLE deployments RENAME TO later");
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  db().exec("CREATE TABLE deployments AS TABLE later; ALTER TABLE later DROP installed_rank");
  expect_told({"verify"});
  db().exec(
      "DROP TABLE deployments; ALTER TABLE later ADD installed_rank int; "
      "UPDATE later SET installed_rank = 1");
  expect_told({"verify"});
}

TEST_F(RenamedVersionTable, IsFoundAmongWhatIsNotLookedAt) {
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  expect_told({"verify", "--table", "users"});
  expect_told({"verify", "--kind", "index"});
}

TEST_F(RenamedVersionTable, IsFoundWhereSomethingIsMissing) {
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  db().exec("DROP TABLE users CASCADE");
  expect_told({"verify"});
}

}  // namespace
}  // namespace pgmend::test
