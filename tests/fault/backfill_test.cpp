// SPDX-License-Identifier: MIT
// Existing rows get their values while others work on them.
#include <gtest/gtest.h>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_sql =
    "CREATE TABLE items (region text, id bigint, name text, PRIMARY KEY (region, id));"
    "INSERT INTO items SELECT 'r' || i % 3, i, 'item ' || i FROM generate_series(1, 5000) AS i;";
constexpr const char* k_yaml =
    "tables:\n  items:\n    columns:\n"
    "      size: {definition: integer NOT NULL, backfill: length(name)}\n";
constexpr const char* k_filled = "SELECT count(*) FROM items WHERE size = length(name)";

}  // namespace

TEST(Backfill, ByAKeyOfTwoColumns) {
  const Project project(k_sql, k_yaml);
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.db().value(k_filled), "5000");
  EXPECT_EQ(project.leftovers(), "");
}

TEST(Backfill, OfATableWithoutAKey) {
  const Project project(
      "CREATE TABLE items (name text);"
      "INSERT INTO items SELECT 'item ' || i FROM generate_series(1, 5000) AS i;",
      k_yaml);
  EXPECT_EQ(project.ensure().exit_code, 0);
  EXPECT_EQ(project.db().value(k_filled), "5000");
}

// Each transaction is short and holds at most a thousand rows.
TEST(Backfill, CommitsAThousandRowsAtATime) {
  const Project project(k_sql, k_yaml);
  EXPECT_EQ(project.ensure().exit_code, 0);
  EXPECT_EQ(project.db().value("SELECT max(n) FROM (SELECT count(*) AS n FROM items "
                               "GROUP BY xmin) AS written"),
            "1000");
}

// A default that is NULL for some rows is not tried for ever.
TEST(Backfill, EndsWhereTheValueIsNull) {
  const Project project(std::string(k_sql) +
                            "CREATE FUNCTION luck() RETURNS integer VOLATILE LANGUAGE sql AS "
                            "'SELECT NULL::integer'",
                        "tables:\n  items:\n    columns: {luck: integer DEFAULT luck()}\n");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(ensure.wait_for(std::chrono::seconds(60)));
  EXPECT_EQ(ensure.outcome().exit_code, 0) << testing::PrintToString(ensure.outcome());
  EXPECT_EQ(project.leftovers(), "");
}

TEST(Backfill, PassesOverRowsThatOthersHoldAndComesBack) {
  const Project project(k_sql, k_yaml);
  project.db().exec("ALTER TABLE items ADD COLUMN size integer");
  Holder application(project.db());
  application.begin("UPDATE items SET name = 'mine' WHERE id IN (1, 2500, 5000)");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] {
    return project.db().value(
               "SELECT count(*) FROM items WHERE (to_jsonb(items) ->> 'size') IS NOT NULL") ==
           "4997";
  })) << "the rest does not wait for them";
  EXPECT_TRUE(ensure.running());
  application.end();
  const auto result = ensure.wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.db().value(k_filled), "5000");
}

TEST(Backfill, RowsThatAreHeldForTooLongAreNamed) {
  const Project project(k_sql, k_yaml);
  project.db().exec("ALTER TABLE items ADD COLUMN size integer");
  Holder application(project.db(), "batch_job");
  application.begin("UPDATE items SET name = 'mine' WHERE id = 2500");
  const auto result = project.run({"ensure", "--patience", "1"});
  EXPECT_EQ(result.exit_code, 5) << testing::PrintToString(result);
  EXPECT_TRUE(
      contains_in_order(in_one_line(result.out), {"some rows were locked by others", "batch_job"}))
      << result.out;
  application.end();
  EXPECT_EQ(project.ensure().exit_code, 0);
  EXPECT_EQ(project.db().value(k_filled), "5000");
}

}  // namespace pgmend::test
