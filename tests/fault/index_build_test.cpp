// SPDX-License-Identifier: MIT
// Indexes that are INVALID, that are being built, and that cannot be built.
#include <gtest/gtest.h>

#include <future>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_sql =
    "CREATE TABLE items (id bigint PRIMARY KEY, name text);"
    "INSERT INTO items SELECT i, 'item ' || i FROM generate_series(1, 100) AS i;";
constexpr const char* k_yaml = "tables:\n  items:\n    indexes: {items_name: (name)}\n";
constexpr const char* k_unique_yaml =
    "tables:\n  items:\n    indexes: {items_name: UNIQUE (name)}\n";

std::string index_of(const Project& project) {
  return project.db().value(
      "SELECT string_agg(indexrelid || ' ' || indisvalid, ',') FROM pg_index "
      "WHERE indexrelid = to_regclass('items_name')");
}

/// CREATE INDEX CONCURRENTLY by somebody else, which waits until `old` ends.
class ForeignBuild {
 public:
  explicit ForeignBuild(const Project& project)
      : m_old(old_snapshot(project.db())), m_done(std::async(std::launch::async, [&project] {
          Holder(project.db(), "somebody")
              .query("CREATE INDEX CONCURRENTLY items_name ON items (name)");
        })) {
    EXPECT_TRUE(eventually([&] { return index_of(project).ends_with("false"); }));
  }
  void finish() {
    m_old.end();
    m_done.get();
  }

 private:
  Holder m_old;
  std::future<void> m_done;
};

}  // namespace

TEST(IndexBuild, AnInvalidOneIsRebuilt) {
  const Project project(std::string(k_sql) + "INSERT INTO items VALUES (101, 'item 1');", k_yaml);
  EXPECT_ANY_THROW(
      project.db().exec("CREATE UNIQUE INDEX CONCURRENTLY items_name ON items (name)"));
  project.db().exec(
      "DROP INDEX items_name; CREATE INDEX items_name ON items (name);"
      "UPDATE pg_index SET indisvalid = false "
      "WHERE indexrelid = 'items_name'::regclass");
  const auto before = index_of(project);
  const auto verify = project.verify();
  EXPECT_EQ(verify.exit_code, 1) << testing::PrintToString(verify);
  EXPECT_TRUE(contains(verify.out, "INVALID"));
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(index_of(project).ends_with("true"));
  EXPECT_NE(index_of(project), before);
}

TEST(IndexBuild, OneUnderConstructionIsLeftAlone) {
  const Project project(k_sql, k_yaml);
  ForeignBuild build(project);
  const auto before = index_of(project);
  const auto verify = project.verify();
  EXPECT_EQ(verify.exit_code, 3) << testing::PrintToString(verify);
  EXPECT_TRUE(contains(verify.out, "may be under construction"));
  const auto ensure = project.ensure();
  EXPECT_EQ(ensure.exit_code, 3) << testing::PrintToString(ensure);
  EXPECT_EQ(index_of(project), before);
  build.finish();
  EXPECT_EQ(project.verify().exit_code, 0);
}

TEST(IndexBuild, DuplicatesAreCountedBeforeAUniqueOneIsBuilt) {
  const Project project(
      std::string(k_sql) +
          "INSERT INTO items SELECT i + 100, 'item ' || i "
          "FROM generate_series(1, 3) AS i; INSERT INTO items VALUES (200, NULL), "
          "(201, NULL);",
      k_unique_yaml);
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(
      result.out, {"3 key(s) stand in more than one row", "hint:", "SELECT", "GROUP BY"}));
  EXPECT_EQ(index_of(project), "");
  project.db().exec("DELETE FROM items WHERE id BETWEEN 101 AND 103");
  EXPECT_EQ(project.ensure().exit_code, 0);
}

// A duplicate that comes while the build waits: nobody could have counted it.
TEST(IndexBuild, AUniqueBuildThatFailsLeavesNothingBehind) {
  const Project project(k_sql, k_unique_yaml);
  auto old = old_snapshot(project.db());
  Holder writer(project.db());
  writer.begin("INSERT INTO items VALUES (101, 'item 1')");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return project.is_at("CREATE UNIQUE INDEX CONCURRENTLY%"); }));
  writer.end();
  old.end();
  const auto result = ensure.wait();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "could not create unique index"));
  EXPECT_EQ(index_of(project), "");
}

// Two tools, one name: what the other one built meanwhile is not ours to clean up.
TEST(IndexBuild, WhatSomebodyElseBuiltMeanwhileIsKept) {
  const Project project(k_sql, k_yaml);
  Holder other(project.db());
  other.begin("CREATE INDEX items_name ON items (name)");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return project.is_at("CREATE INDEX CONCURRENTLY%"); }));
  other.end();
  const auto result = ensure.wait();
  EXPECT_TRUE(index_of(project).ends_with("true")) << testing::PrintToString(result);
  EXPECT_EQ(result.exit_code, 0) << "what is wanted is there, whoever made it";
  EXPECT_EQ(project.verify().exit_code, 0);
}

}  // namespace pgmend::test
