// SPDX-License-Identifier: MIT
// The server has room for so many locks and no more, for everybody together. To print the query of
// a view takes one on each table in it, and keeps it to the end of the transaction.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

constexpr int k_views = 1200;
constexpr int k_tables = 300;  // each has five locks when it is made

/// A server that has little room for locks.
PrivateServer& narrow_server() {
  static PrivateServer server([] {
    auto options = server_options();
    options.settings.emplace_back("max_locks_per_transaction", "10");
    options.settings.emplace_back("max_connections", "10");
    options.settings.emplace_back("max_wal_senders", "0");
    return options;
  }());
  return server;
}

/// Runs `statement`, with each number in the place of {}, in transactions of its own.
void repeat(const Database& db, int times, const std::string& statement) {
  db.exec(
      fmt::format("DO $do$ BEGIN FOR i IN 1..{} LOOP EXECUTE replace($st${}$st$, '{{}}', "
                  "i::text); COMMIT; END LOOP; END $do$",
                  times, statement));
}

/// As many tables, each with what is printed together with it.
void make_many(const Database& db) {
  repeat(db, k_views, "CREATE TABLE t{} (id int PRIMARY KEY, name text)");
  repeat(db, k_views, "CREATE VIEW v{} AS SELECT id, name FROM t{}");
  repeat(db, k_views,
         "CREATE RULE r{} AS ON INSERT TO v{} DO INSTEAD INSERT INTO t{} VALUES (NEW.id)");
  repeat(db, k_views, "CREATE POLICY p{} ON t{} USING (id IN (SELECT v{}.id FROM v{}))");
}

std::string yaml_of_many() {
  std::string yaml = "tables:\n";
  for (int i = 1; i <= k_tables; ++i)
    yaml += fmt::format("  t{}:\n    columns: {{name: text, note: text}}\n", i);
  return yaml;
}

}  // namespace

TEST(LockTable, IsNotFilledByReadingManyViews) {
  const Project project("SELECT 1", "schema: all.lock\n", narrow_server());
  make_many(project.db());
  EXPECT_ANY_THROW(
      project.db().exec("SELECT pg_get_viewdef(oid) FROM pg_class WHERE relkind = 'v'"))
      << "the server has room for all of it, so nothing is tested";
  const auto snapshot = project.run({"snapshot", "--output", "all.lock"});
  ASSERT_EQ(snapshot.exit_code, 0) << testing::PrintToString(snapshot);
  const auto whole = project.run({"verify"});
  EXPECT_EQ(whole.exit_code, 0) << testing::PrintToString(whole);
  project.db().exec("CREATE OR REPLACE VIEW v7 AS SELECT id, name FROM t8");
  const auto damaged = project.run({"verify"});
  EXPECT_EQ(damaged.exit_code, 1) << testing::PrintToString(damaged);
  EXPECT_TRUE(contains(damaged.out, "v7"));
}

// A temporary twin for each of them, and one table after the other to repair.
TEST(LockTable, IsNotFilledByRepairingManyTables) {
  const Project project("SELECT 1", yaml_of_many(), narrow_server());
  repeat(project.db(), k_tables, "CREATE TABLE t{} (id int PRIMARY KEY, name text)");
  const auto result = project.run({"ensure", "--quiet"});
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.db().value("SELECT count(*) FROM pg_attribute WHERE attname = 'note' "
                               "AND attrelid >= 16384"),
            std::to_string(k_tables));
}

// Others can fill it as well. Then it is said what to do.
TEST(LockTable, ThatOthersHaveFilledIsAnErrorWithAHint) {
  const Project project("SELECT 1", yaml_of_many(), narrow_server());
  repeat(project.db(), k_tables, "CREATE TABLE t{} (id int PRIMARY KEY, name text)");
  Holder greedy(project.db());
  greedy.begin(
      "DO $$ DECLARE room int := 0; BEGIN "
      "BEGIN LOOP PERFORM pg_advisory_xact_lock(room); room := room + 1; END LOOP; "
      "EXCEPTION WHEN out_of_memory THEN NULL; END; "
      "FOR i IN 1..room - 80 LOOP PERFORM pg_advisory_xact_lock(i); END LOOP; END $$");
  const auto result = project.verify();
  EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out + result.err, "max_locks_per_transaction"));
  greedy.end();
  EXPECT_EQ(project.verify().exit_code, 1);
}

}  // namespace pgmend::test
