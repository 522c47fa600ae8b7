// SPDX-License-Identifier: MIT
// Locks that somebody else holds: waited for in short turns, and not for ever.
#include <gtest/gtest.h>

#include <thread>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr const char* k_sql =
    "CREATE TABLE items (id bigint PRIMARY KEY, name text);"
    "INSERT INTO items SELECT i, 'item ' || i FROM generate_series(1, 100) AS i";
constexpr const char* k_yaml = R"(
tables:
  items:
    columns:
      price: numeric
)";

std::string has_price(const Project& project) {
  return project.db().value(
      "SELECT count(*) FROM pg_attribute WHERE attrelid = 'items'::regclass AND attname = 'price'");
}

/// The longest that a SELECT took while `process` was running.
milliseconds longest_read(const Database& db, subprocess::Process& process,
                          Clock::time_point until) {
  auto connection = db.connect();
  Clock::duration longest{0};
  while (Clock::now() < until && process.running()) {
    const auto started = Clock::now();
    connection.query("SELECT count(*) FROM items");
    longest = std::max(longest, Clock::now() - started);
    std::this_thread::sleep_for(milliseconds(5));
  }
  return std::chrono::duration_cast<milliseconds>(longest);
}

}  // namespace

TEST(LockTimeout, OthersAreNotHeldUpWhileItWaitsForAReader) {
  const Project project(k_sql, k_yaml);
  Holder reader(project.db());
  reader.begin("SELECT count(*) FROM items");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return project.waits_for_lock(); }));
  const auto longest = longest_read(project.db(), ensure, Clock::now() + std::chrono::seconds(3));
  EXPECT_TRUE(ensure.running()) << "the reader is still there";
  // It waits for at most a second at a time; the rest is for a busy machine. Without lock_timeout
  // this would be the three seconds.
  EXPECT_LT(longest.count(), 1800);
  reader.end();
  const auto result = ensure.wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(has_price(project), "1");
}

TEST(LockTimeout, GivesUpWhenItsPatienceIsUsedUp) {
  const Project project(k_sql, k_yaml);
  Holder reader(project.db(), "nightly_report");
  reader.begin("SELECT count(*) FROM items");
  const auto result = project.run({"ensure", "--patience", "1"});
  EXPECT_EQ(result.exit_code, 5) << testing::PrintToString(result);
  EXPECT_TRUE(
      contains_in_order(result.out, {"items.price not repaired", "lock on items",
                                     std::to_string(reader.pid()), "nightly_report", "--patience"}))
      << result.out;
  EXPECT_EQ(has_price(project), "0");
  reader.end();
  EXPECT_EQ(project.ensure().exit_code, 0);
  EXPECT_EQ(has_price(project), "1");
}

TEST(LockTimeout, DoesTheRestThatNobodyStandsInTheWayOf) {
  const Project project(std::string(k_sql) + "; CREATE TABLE other (id int)",
                        std::string(k_yaml) + "  other: {columns: {note: text}}\n");
  Holder reader(project.db());
  reader.begin("SELECT count(*) FROM items");
  const auto result = project.run({"ensure", "--patience", "0"});
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_TRUE(contains_line(result.out, "✓ other.note added successfully")) << result.out;
}

// Taken by two sessions in unlike order: the server ends one of them with 40P01.
TEST(LockTimeout, ADeadlockIsTriedAgain) {
  const Project project(
      "CREATE TABLE users (id bigint PRIMARY KEY);"
      "CREATE TABLE items (id bigint, user_id bigint); INSERT INTO items VALUES (1, NULL);"
      // pgmend's ADD FOREIGN KEY locks items, then users; whoever waits longer is the victim.
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''20ms''', "
      "current_database()); END $$",
      "tables:\n  items:\n    constraints:\n"
      "      items_user_id_fkey: FOREIGN KEY (user_id) REFERENCES users (id)\n");
  const auto deadlocks =
      "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
  Holder application(project.db());
  application.query("SET deadlock_timeout = '10s'");  // it is pgmend that finds the deadlock
  application.begin("LOCK TABLE users IN ROW EXCLUSIVE MODE");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return project.waits_for_lock(); }));
  // Between two tries of pgmend this lock is simply had, and there is no deadlock to see.
  application.query("LOCK TABLE items IN ROW EXCLUSIVE MODE");
  eventually([&] { return project.db().value(deadlocks) != "0"; }, milliseconds(1500));
  application.end();
  const auto result = ensure.wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.leftovers(), "");
}

}  // namespace pgmend::test
