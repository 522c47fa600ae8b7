// SPDX-License-Identifier: MIT
// Verify takes no lock that anybody could notice, and waits for none.
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"
#include "support/proxy.hpp"

namespace pgmend::test {

namespace {

/// Locks of pgmend on what belongs to the database, temporary objects left out.
constexpr const char* k_locks = R"sql(
SELECT DISTINCT l.mode FROM pg_locks l
JOIN pg_stat_activity a ON a.pid = l.pid AND a.application_name = 'pgmend'
JOIN pg_class c ON c.oid = l.relation
JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname NOT LIKE 'pg\_%'
WHERE l.locktype = 'relation'
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
)sql";

constexpr const char* k_sql =
    "CREATE TABLE items (id bigint PRIMARY KEY, name text, CHECK (name <> ''));"
    "CREATE INDEX items_lower ON items (lower(name));";
constexpr const char* k_yaml =
    "tables:\n  items:\n    columns: {name: text}\n    indexes: {items_lower: (lower(name))}\n"
    "    constraints: {items_name_check: CHECK (name <> '')}\n";

}  // namespace

// EXCLUSIVE conflicts with every lock but ACCESS SHARE: whatever more verify took, it would wait.
TEST(VerifyLocks, TakesAccessShareAtMost) {
  const Damaged project;
  const auto free = project.verify();
  Holder holder(project.db());
  holder.begin("LOCK TABLE users, orders IN EXCLUSIVE MODE");
  const auto held = project.verify();
  EXPECT_EQ(held.exit_code, 1) << testing::PrintToString(held);
  EXPECT_EQ(held.out, free.out);
}

TEST(VerifyLocks, HoldsNoMoreThanAccessShareOnTheWay) {
  const Damaged project;
  auto watch = project.db().connect();
  std::set<std::string> modes;
  Proxy proxy(project.db(), {.before = [&](const Proxy::Statement&) {
                const auto result = watch.query(k_locks);
                for (int row = 0; row < result.rows(); ++row) modes.insert(result.str(row, "mode"));
                return Proxy::Answer::pass;
              }});
  const auto result = project.start({"verify"}, proxy.url()).wait();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_GT(proxy.count(), 10);
  modes.erase("AccessShareLock");
  EXPECT_EQ(modes, std::set<std::string>{});
}

TEST(VerifyLocks, ATableUnderAccessExclusiveIsReportedInTime) {
  const Project project(k_sql, k_yaml);
  Holder migration(project.db(), "migration");
  migration.begin("LOCK TABLE items IN ACCESS EXCLUSIVE MODE");
  auto verify = project.start({"verify"});
  ASSERT_TRUE(verify.wait_for(std::chrono::seconds(20)));
  const auto result = verify.outcome();
  EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
  EXPECT_TRUE(
      contains_in_order(result.out, {"locked", std::to_string(migration.pid()), "migration"}));
  migration.end();
  EXPECT_EQ(project.verify().exit_code, 0);
}

// Nobody holds ACCESS EXCLUSIVE here: whoever waits for it is what stands in the way.
TEST(VerifyLocks, ATableThatSomebodyWaitsToLockIsReportedInTime) {
  const Project project(k_sql, k_yaml);
  Holder reader(project.db(), "report");
  reader.begin("SELECT count(*) FROM items");
  Holder migration(project.db(), "migration");
  auto altered = std::async(std::launch::async,
                            [&] { migration.query("ALTER TABLE items ADD COLUMN note text"); });
  ASSERT_TRUE(eventually([&] {
    return project.db().value(
               "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = "
               "(SELECT oid FROM pg_class WHERE relname = 'items')") == "1";
  }));
  auto verify = project.start({"verify"});
  const bool in_time = verify.wait_for(std::chrono::seconds(20));
  reader.end();
  altered.get();
  ASSERT_TRUE(in_time);
  const auto result = verify.outcome();
  EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(result.out, {"locked", std::to_string(migration.pid())}));
}

}  // namespace pgmend::test
