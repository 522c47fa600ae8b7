// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class FilterTest : public CliTest {
 protected:
  FilterTest() {
    db().exec("CREATE SCHEMA audit; CREATE TABLE audit.log (id int)");
    spec(
        "tables:\n"
        "  api_keys: {columns: {note: text}, indexes: {ix_i: (instance_id)}}\n"
        "  users: {columns: {note: text}}\n"
        "  audit.log: {columns: {note: text}}\n");
  }

  /// Each of the commands, narrowed, speaks of `with` and not of `without`.
  void expect_narrowed(const Arguments& filter, const std::vector<std::string>& with,
                       const std::vector<std::string>& without) const {
    for (const Arguments& command :
         {Arguments{"verify"}, {"plan"}, {"ensure", "--dry-run"}, {"ensure"}}) {
      auto args = command;
      args.insert(args.end(), filter.begin(), filter.end());
      const auto result = run(args);
      for (const auto& word : with) EXPECT_TRUE(contains(result.out, word));
      for (const auto& word : without) EXPECT_TRUE(contains_not(result.out, word));
    }
    auto again = filter;
    again.insert(again.begin(), "verify");
    EXPECT_EQ(exit_correct, run(again).exit_code);
    EXPECT_EQ(exit_drift, run({"verify"}).exit_code);
  }
};

TEST_F(FilterTest, Table) {
  expect_narrowed({"--table", "users"}, {"users.note"}, {"api_keys", "audit.log"});
}

TEST_F(FilterTest, TableAsAGlob) {
  expect_narrowed({"--table", "api_*"}, {"api_keys.note", "ix_i"}, {"users.note", "audit.log"});
}

TEST_F(FilterTest, SeveralTables) {
  expect_narrowed({"--table", "users", "--table", "audit.log"}, {"users.note", "audit.log.note"},
                  {"api_keys"});
}

TEST_F(FilterTest, SchemaName) {
  expect_narrowed({"--schema-name", "audit"}, {"audit.log.note"}, {"api_keys", "users.note"});
}

/// Among thousands of schemas, one is as quick as if it were alone.
TEST_F(FilterTest, OfOneSchemaNothingElseIsRead) {
  db().exec("ALTER TABLE users ADD CHECK (id > 0)");
  ASSERT_EQ(exit_correct, run({"snapshot", "-o", "all.lock"}).exit_code);
  auto other = db().connect();
  other.query("BEGIN");
  other.query("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
  const Arguments verify = {"verify", "--schema", "all.lock"};
  EXPECT_TRUE(contains(run(verify).out, "users"));
  auto narrowed = verify;
  narrowed.insert(narrowed.end(), {"--schema-name", "audit"});
  const auto result = run(narrowed);
  EXPECT_EQ(exit_correct, result.exit_code);
  EXPECT_TRUE(contains(result.out, "1 schema, 1 table, 1 column correct"));
}

TEST_F(FilterTest, TheOneSchemaItselfMayBeMissing) {
  ASSERT_EQ(exit_correct, run({"snapshot", "-o", "all.lock"}).exit_code);
  db().exec("DROP SCHEMA audit CASCADE");
  const Arguments verify = {"verify", "--schema", "all.lock", "--schema-name", "audit"};
  const auto result = run(verify);
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains(result.out, "audit.log"));
  auto ensure = verify;
  ensure.front() = "ensure";
  EXPECT_EQ(exit_correct, run(ensure).exit_code);
  EXPECT_EQ(exit_correct, run(verify).exit_code);
}

TEST_F(FilterTest, Ignore) {
  expect_narrowed({"--ignore", "users.*", "--ignore", "index:ix_*"},
                  {"api_keys.note", "audit.log.note"}, {"users.note", "ix_i"});
}

TEST_F(FilterTest, Kind) {
  expect_narrowed({"--kind", "index"}, {"api_keys.ix_i"}, {".note"});
}

/// What is made anew takes along what rests on it, also what nobody looks at.
TEST_F(FilterTest, WhatIsLeftOutOutlivesWhatItRestsOn) {
  db().exec(
      "CREATE MATERIALIZED VIEW sums AS SELECT 1 AS a; CREATE INDEX sums_a ON sums (a);"
      "CREATE VIEW more AS SELECT a FROM sums; COMMENT ON INDEX sums_a IS 'kept'");
  ASSERT_EQ(exit_correct, run({"snapshot", "-o", "all.lock"}).exit_code);
  db().exec(
      "DROP MATERIALIZED VIEW sums CASCADE; CREATE MATERIALIZED VIEW sums AS SELECT 2 AS a;"
      "CREATE INDEX sums_a ON sums (a); CREATE VIEW more AS SELECT a FROM sums;"
      "COMMENT ON INDEX sums_a IS 'kept'");
  const auto result = run(
      {"ensure", "-s", "all.lock", "--kind", "materialized_view", "--allow", "replace,rewrite"});
  EXPECT_EQ(exit_correct, result.exit_code) << testing::PrintToString(result);
  EXPECT_EQ("1", db().value("SELECT a FROM more"));
  EXPECT_EQ("kept", db().value("SELECT obj_description('sums_a'::regclass, 'pg_class')"));
}

TEST_F(FilterTest, SeveralInOneWord) {
  expect_narrowed({"--table", "users, audit.log"}, {"users.note", "audit.log.note"}, {"api_keys"});
}

TEST_F(FilterTest, SeveralKindsAndSchemasInOneWord) {
  expect_narrowed({"--kind", "index,column", "--schema-name", "public,other"},
                  {"users.note", "api_keys.note", "ix_i"}, {"audit"});
}

TEST_F(FilterTest, KindAndTableTogether) {
  expect_narrowed({"--kind", "column", "--table", "api_keys"}, {"api_keys.note"},
                  {"ix_i", "users.note", "audit.log"});
}

TEST_F(FilterTest, KindTableIsTheExistenceAlone) {
  spec("tables: {users: {columns: {note: text}}, gone: {columns: {id: int}}}");
  const auto result = run({"verify", "--kind", "table"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "✗ gone missing"));
  EXPECT_TRUE(contains_not(result.out, "users.note"));
}

TEST_F(FilterTest, IgnoreOfTheSpec) {
  spec("ignore: ['audit.*', 'index:ix_*']\n" + folder().read("pgmend.yaml"));
  const auto result = run({"ensure"});
  EXPECT_EQ(exit_correct, result.exit_code);
  EXPECT_TRUE(contains(result.out, "Schema fixed - 2 item(s) added"));
  EXPECT_EQ("id integer", columns("audit.log"));
  EXPECT_EQ("", db().value("SELECT to_regclass('ix_i')"));
}

TEST_F(FilterTest, OneThatMatchesNothingIsAMistake) {
  const auto table = run_unchanged({"ensure", "--table", "api_kyes"});
  EXPECT_EQ(exit_usage, table.exit_code);
  EXPECT_TRUE(contains(table.err, "no table of the spec matches --table and --schema-name\n"));
  EXPECT_TRUE(contains(table.err, "hint: did you mean `api_keys`?"));
  const auto kind = run_unchanged({"ensure", "--kind", "colunm"});
  EXPECT_EQ(exit_usage, kind.exit_code);
  EXPECT_TRUE(
      contains(kind.err, "--kind: there is no kind `colunm`\nhint: did you mean `column`?"));
}

}  // namespace
}  // namespace pgmend::test
