// SPDX-License-Identifier: MIT
#include <chrono>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

using Clock = std::chrono::steady_clock;

/// api_keys is held by another session for as long as the test lasts. It has an expression index
/// and a check, so that reading it needs a lock on it.
class LockedTable : public CliTest {
 protected:
  LockedTable() : m_holder((prepare(db()), db().connect())) {
    spec(
        "tables:\n"
        "  api_keys:\n"
        "    columns: {user_id: int NOT NULL, webhook_url: text}\n"
        "  users:\n"
        "    columns: {id: int NOT NULL, age: int}\n");
    m_holder.query("BEGIN");
    m_holder.query("LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE");
  }

  std::string pid() const { return std::to_string(m_holder.backend_pid()); }
  void let_go() { m_holder.query("COMMIT"); }

 private:
  static void prepare(const Database& database) {
    database.exec(
        "CREATE INDEX ix_lower ON api_keys (lower(instance_id)) WHERE is_active;"
        "ALTER TABLE api_keys ADD CHECK (id > 0)");
  }

  pg::Connection m_holder;
};

TEST_F(LockedTable, VerifyNamesTheHolderAndGoesOnWithTheRest) {
  const auto started = Clock::now();
  const auto result = run({"verify"});
  EXPECT_LT(Clock::now() - started, std::chrono::seconds(5));
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains(said,
                       "⚠ api_keys unconfirmed it is locked (ACCESS EXCLUSIVE, which blocks "
                       "reads and writes) by pid " +
                           pid()));
  EXPECT_TRUE(contains(said, "LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE"));
  EXPECT_TRUE(contains(said, "hint: run again when that transaction has ended"));
  EXPECT_TRUE(contains(said, "✗ users.age missing"));
  EXPECT_TRUE(contains(said, "✓ users.id exists"));
  EXPECT_EQ(exit_drift, result.exit_code);
}

TEST_F(LockedTable, WhatCanBeReadWithoutALockIsNotWaitedFor) {
  spec("tables: {api_keys: {columns: {user_id: int NOT NULL}}}");
  const auto started = Clock::now();
  const auto result = run({"verify"});
  EXPECT_LT(Clock::now() - started, std::chrono::seconds(1));
  EXPECT_EQ(exit_correct, result.exit_code) << testing::PrintToString(result);
}

TEST_F(LockedTable, WhatCouldNotBeReadIsNotCalledCorrect) {
  spec(
      "tables:\n"
      "  api_keys:\n"
      "    columns: {user_id: int NOT NULL}\n"
      "    indexes: {ix_lower: (lower(instance_id)) WHERE is_active}\n"
      "  users:\n"
      "    columns: {id: int NOT NULL}\n");
  const auto result = run({"verify"});
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(result.out, "Could not verify schema - some of it is unconfirmed"));
  EXPECT_TRUE(contains_not(result.out, "Schema is correct"));
}

TEST_F(LockedTable, EnsureRepairsTheOthersAndSaysSo) {
  const auto started = Clock::now();
  const auto result = run({"ensure", "--patience", "1"});
  EXPECT_LT(Clock::now() - started, std::chrono::seconds(15));
  EXPECT_NE(exit_correct, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "✓ users.age added successfully"));
  EXPECT_TRUE(contains(unwrapped(result.out), "api_keys unconfirmed it is locked"));
  EXPECT_TRUE(contains_not(result.out, "✅"));
}

TEST_F(LockedTable, AfterwardsAllIsVerified) {
  let_go();
  EXPECT_EQ(exit_correct, run({"ensure"}).exit_code);
  EXPECT_EQ(exit_correct, run_unchanged({"verify"}).exit_code);
}

TEST_F(LockedTable, RepairThatCannotHaveItsLockSaysWhoIsInTheWay) {
  let_go();
  auto reader = db().connect();
  reader.query("BEGIN");
  reader.query("SELECT count(*) FROM api_keys");
  const auto result = run({"ensure", "--patience", "1"});
  EXPECT_EQ(exit_not_now, result.exit_code);
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains(said,
                       "✗ api_keys.webhook_url not repaired: no ACCESS EXCLUSIVE lock on "
                       "api_keys within 1 s; in the way: pid " +
                           std::to_string(reader.backend_pid())));
  EXPECT_TRUE(
      contains_in_order(said, {"idle in it for", "hint: if that is forgotten, end it: SELECT",
                               "or wait longer with --patience"}));
  EXPECT_TRUE(contains(said, "✓ users.age added successfully"));
}

}  // namespace
}  // namespace pgmend::test
