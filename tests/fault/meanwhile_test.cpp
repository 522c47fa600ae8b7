// SPDX-License-Identifier: MIT
// What was planned for is gone, or there already, by the time its repair begins.
#include <gtest/gtest.h>

#include <atomic>

#include "fault/project.hpp"
#include "support/matchers.hpp"
#include "support/proxy.hpp"

namespace pgmend::test {

namespace {

/// Runs ensure, and this script just before its first statement that begins so.
RunResult ensure_while(const Project& project, const std::string& statement,
                       const std::string& script) {
  std::atomic<bool> is_done = false;
  const Proxy proxy(project.db(), {.before = [&](const Proxy::Statement& sent) {
                      if (sent.sql.starts_with(statement) && !is_done.exchange(true))
                        project.db().exec(script);
                      return Proxy::Answer::pass;
                    }});
  auto result = project.start({"ensure"}, proxy.url()).wait();
  EXPECT_TRUE(is_done) << "there was no such statement";
  return result;
}

constexpr const char* k_sql =
    "CREATE TABLE items (id bigint PRIMARY KEY, name text);"
    "CREATE TABLE others (id bigint PRIMARY KEY);";
/// As the repair of items begins.
constexpr const char* k_alter = "ALTER TABLE \"public\".\"items\"";
constexpr const char* k_yaml =
    "tables:\n  items:\n    columns: {note: text}\n  others:\n    columns: {note: text}\n";

}  // namespace

TEST(Meanwhile, ATableIsDropped) {
  const Project project(k_sql, k_yaml);
  const auto result = ensure_while(project, k_alter, "DROP TABLE items");
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(result.out, {"items.note not repaired", "does not exist"}));
  EXPECT_TRUE(contains(result.out, "others.note added successfully"));
  EXPECT_EQ(project.verify().exit_code, 1);
}

TEST(Meanwhile, AColumnAppears) {
  const Project project(k_sql, k_yaml);
  const auto result = ensure_while(project, k_alter, "ALTER TABLE items ADD COLUMN note text");
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.verify().exit_code, 0);
}

// A repair failed, and what is left is drift of another sort, which the next run reports as such.
TEST(Meanwhile, AColumnOfAnotherTypeAppears) {
  const Project project(k_sql, k_yaml);
  const auto result = ensure_while(project, k_alter, "ALTER TABLE items ADD COLUMN note int");
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "items.note not repaired"));
  EXPECT_TRUE(contains(result.out, "others.note added successfully"));
  const auto next = project.verify();
  EXPECT_EQ(next.exit_code, 1) << testing::PrintToString(next);
  EXPECT_TRUE(contains(next.out, "items.note type different"));
}

TEST(Meanwhile, APartitionIsDetached) {
  const Project project(
      "CREATE TABLE items (id bigint, day int) PARTITION BY RANGE (day);"
      "CREATE TABLE items1 PARTITION OF items FOR VALUES FROM (1) TO (2);"
      "CREATE TABLE items2 PARTITION OF items FOR VALUES FROM (2) TO (3);"
      "INSERT INTO items SELECT i, 1 + i % 2 FROM generate_series(1, 100) i;",
      "tables:\n  items:\n    indexes: {items_id: (id)}\n");
  const auto result = ensure_while(project, "CREATE INDEX CONCURRENTLY",
                                   "ALTER TABLE items DETACH PARTITION items2");
  // What the failed attempt left is seen when it is read again, and finished in the same run.
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "items.items_id repaired"));
  EXPECT_EQ(project.verify().exit_code, 0);
  EXPECT_EQ(project.leftovers(), "");
  EXPECT_EQ(project.db().value("SELECT indisvalid FROM pg_index "
                               "WHERE indexrelid = 'items_id'::regclass"),
            "t");
}

TEST(Meanwhile, RowsThatViolateAppear) {
  const Project project(k_sql + std::string("INSERT INTO items VALUES (1, 'one');"),
                        "tables:\n  items:\n    constraints:\n"
                        "      items_name_check: CHECK (name <> '')\n");
  const auto result = ensure_while(project, k_alter, "INSERT INTO items VALUES (2, '')");
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "items_name_check not repaired"));
  EXPECT_EQ(project.leftovers(), "");
}

}  // namespace pgmend::test
