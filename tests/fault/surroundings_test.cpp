// SPDX-License-Identifier: MIT
// Who else takes part: event triggers that change what is made, subscribers, partitions and
// children of the tables.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "fault/project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

/// Runs `body` after each command with one of these tags.
std::string event_trigger(const std::string& tags, const std::string& body) {
  return fmt::format(
      "CREATE FUNCTION react() RETURNS event_trigger LANGUAGE plpgsql AS $f$ BEGIN {} END $f$;"
      "CREATE EVENT TRIGGER react ON ddl_command_end WHEN TAG IN ({}) "
      "EXECUTE FUNCTION react();",
      body, tags);
}

constexpr const char* k_column = "tables:\n  items:\n    columns: {note: text}\n";
constexpr const char* k_new_table =
    "tables:\n  items:\n    create: true\n    columns: {id: bigint PRIMARY KEY, name: text}\n";

}  // namespace

// Such as platforms have that switch row security on for every new table.
TEST(EventTrigger, ThatAddsSomethingIsNoFailure) {
  const Project project(
      event_trigger("'CREATE TABLE'",
                    "IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE "
                    "schema_name = 'public' AND object_type = 'table') THEN "
                    "ALTER TABLE public.items ENABLE ROW LEVEL SECURITY; END IF;"),
      k_new_table);
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.db().value("SELECT relrowsecurity FROM pg_class WHERE relname = 'items'"), "t");
  EXPECT_EQ(project.verify().exit_code, 0);
}

// A whole schema expects no row security, so what the trigger did is told as what it is.
TEST(EventTrigger, ThatChangesWhatAWholeSchemaExpectsIsTold) {
  const Project project("CREATE TABLE items (id bigint PRIMARY KEY);", "schema: all.lock\n");
  ASSERT_TRUE(project.run({"snapshot", "--output", "all.lock"}).ok());
  project.db().exec("DROP TABLE items;" +
                    event_trigger("'CREATE TABLE'",
                                  "IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE "
                                  "schema_name = 'public') THEN "
                                  "ALTER TABLE public.items ENABLE ROW LEVEL SECURITY; END IF;"));
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(in_one_line(result.out),
                                {"items not repaired", "the catalogs do not show it",
                                 "is there an event trigger that changes what is created?"}));
  const auto left = project.verify();
  EXPECT_EQ(left.exit_code, 1) << testing::PrintToString(left);
  EXPECT_TRUE(contains(left.out, "row security different"));
}

TEST(EventTrigger, ThatRenamesWhatWasMadeIsSuspected) {
  const Project project(
      "CREATE TABLE items (id bigint);" +
          event_trigger("'ALTER TABLE'",
                        "IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = "
                        "'public.items'::regclass AND attname = 'note') THEN "
                        "ALTER TABLE public.items RENAME COLUMN note TO app_note; END IF;"),
      k_column);
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(in_one_line(result.out),
                                {"items.note not repaired", "the catalogs do not show it",
                                 "is there an event trigger that changes what is created?"}));
  EXPECT_EQ(project.verify().exit_code, 1);
}

TEST(EventTrigger, ThatFailsAfterwardsTakesTheRepairBack) {
  const Project project(
      "CREATE TABLE items (id bigint);" + event_trigger("'ALTER TABLE'", "PERFORM 1 / 0;"),
      k_column);
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains(in_one_line(result.out), "items.note not repaired: division by zero"));
  EXPECT_EQ(project.leftovers(), "");
  EXPECT_EQ(project.verify().exit_code, 1);
}

// Without its key the table would take no UPDATE: error 55000.
TEST(Replication, ANewTableIsThereWithItsKeyAtOnce) {
  const Project project("CREATE PUBLICATION everything FOR ALL TABLES;", k_new_table);
  const auto plan = project.run({"plan"});
  EXPECT_TRUE(contains_match(plan.out, "CREATE TABLE"));
  EXPECT_TRUE(contains_not(plan.out, "ADD CONSTRAINT"));
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.db().value("SELECT relreplident FROM pg_class WHERE relname = 'items'"), "d");
  project.db().exec("INSERT INTO items VALUES (1, 'a'); UPDATE items SET name = 'b'");
}

TEST(Replication, SubscribersAreToBeMendedFirst) {
  const Project project(
      "CREATE TABLE items (id bigint PRIMARY KEY); CREATE TABLE others (id bigint PRIMARY KEY);"
      "CREATE PUBLICATION shop FOR TABLE items;",
      k_column);
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(contains(in_one_line(result.out),
                       "the publication shop sends items to subscribers: replication carries no "
                       "DDL, so make the same change there first"));
  EXPECT_TRUE(contains_not(project.ensure().out, "publication"));
}

TEST(Replication, TablesThatAreNotSentAreNotMentioned) {
  const Project project(
      "CREATE TABLE items (id bigint PRIMARY KEY); CREATE TABLE others (id bigint PRIMARY KEY);"
      "CREATE PUBLICATION shop FOR TABLE others;",
      k_column);
  EXPECT_TRUE(contains_not(project.ensure().out, "publication"));
}

TEST(Replication, ChosenColumnsDoNotTakeNewOnesAlong) {
  if (shared_server().version_major() < 15) GTEST_SKIP() << "there are no lists of columns";
  const Project project(
      "CREATE TABLE items (id bigint PRIMARY KEY, name text);"
      "CREATE PUBLICATION shop FOR TABLE items (id, name);",
      k_column);
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(contains(in_one_line(result.out),
                       "the publication shop sends chosen columns of items: new ones are not"));
}

// That is allowed: a partition may have its own.
TEST(Children, ADefaultOfAPartitionsOwnIsNoDrift) {
  const Project project(
      "CREATE TABLE items (day int, note text DEFAULT 'a') PARTITION BY RANGE (day);"
      "CREATE TABLE items1 PARTITION OF items FOR VALUES FROM (1) TO (2);"
      "ALTER TABLE items1 ALTER note SET DEFAULT 'b';",
      "tables:\n  items:\n    columns: {note: text DEFAULT 'a'}\n");
  const auto result = project.verify();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
}

// And where the whole of a schema is expected, the partition's own is compared with what that was.
TEST(Children, WhatAPartitionHasOfItsOwnIsComparedWithItsOwn) {
  const Project project(
      "CREATE TABLE items (day int, note text DEFAULT 'a') PARTITION BY RANGE (day);"
      "CREATE TABLE items1 PARTITION OF items FOR VALUES FROM (1) TO (2);"
      "ALTER TABLE items1 ALTER note SET DEFAULT 'b';"
      "CREATE TABLE base (id int CHECK (id > 0)); CREATE TABLE child (more int) INHERITS (base);",
      "schema: all.lock\n");
  ASSERT_TRUE(project.run({"snapshot", "--output", "all.lock"}).ok());
  EXPECT_EQ(project.verify().exit_code, 0);
  project.db().exec("ALTER TABLE items1 ALTER note SET DEFAULT 'c'");
  const auto drift = project.verify();
  EXPECT_EQ(drift.exit_code, 1) << testing::PrintToString(drift);
  EXPECT_TRUE(contains(drift.out, "items1.note default different"));
}

// Where the parent lacks it, so do all of its children: that is one finding, and one repair.
TEST(Children, WhatTheParentLacksIsOneFinding) {
  const Project project(
      "CREATE TABLE base (id int CHECK (id > 0)); CREATE TABLE child (more int) INHERITS (base);"
      "CREATE TABLE child2 () INHERITS (base);",
      "schema: all.lock\n");
  ASSERT_TRUE(project.run({"snapshot", "--output", "all.lock"}).ok());
  project.db().exec("ALTER TABLE base DROP CONSTRAINT base_id_check");
  const auto drift = project.verify();
  EXPECT_EQ(drift.exit_code, 1) << testing::PrintToString(drift);
  EXPECT_TRUE(contains(drift.out, "1 difference"));
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.db().value("SELECT count(*) FROM pg_constraint WHERE conname = "
                               "'base_id_check' AND convalidated"),
            "3");
}

}  // namespace pgmend::test
