// SPDX-License-Identifier: MIT
// A pgmend.yaml beside a whole schema: how that is looked at, and nothing of what is expected.
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class Settings : public CliTest {
 protected:
  Settings() {
    folder().write("schema.sql",
                   "CREATE TABLE users (id int PRIMARY KEY);"
                   "CREATE TABLE api_keys (id int PRIMARY KEY, user_id int NOT NULL REFERENCES "
                   "users, instance_id text, is_active boolean NOT NULL DEFAULT true, "
                   "note text NOT NULL);"
                   "CREATE SCHEMA audit; CREATE TABLE audit.log (id int);");
  }
};

TEST_F(Settings, HoldForTheSourceThatTheyName) {
  spec(
      "schema: schema.sql\nignore: [audit.*, \"schema:audit\"]\nbackfill:\n  api_keys.note: "
      "'''key ''||id'\n");
  const auto result = run({"ensure", "--strict"});
  EXPECT_EQ(exit_correct, result.exit_code) << testing::PrintToString(result);
  EXPECT_EQ(db().value("SELECT note FROM api_keys"), "key 1");
  EXPECT_EQ(db().value("SELECT count(*) FROM pg_namespace WHERE nspname = 'audit'"), "0");
}

TEST_F(Settings, HoldForASourceOfTheCommandLine) {
  spec("ignore: [audit.*, \"schema:audit\", api_keys.note]\n");
  const auto result = run({"verify", "--schema", "schema.sql"});
  EXPECT_EQ(exit_correct, result.exit_code) << testing::PrintToString(result);
  // What the command line says of a column goes before what the file says.
  spec("ignore: [audit.*, \"schema:audit\"]\nbackfill: {api_keys.note: '1/0'}\n");
  EXPECT_EQ(exit_correct,
            run({"ensure", "--schema", "schema.sql", "--backfill", "api_keys.note='x'"}).exit_code);
}

TEST_F(Settings, SayWhichSchemasAreLookedAt) {
  spec("schema: schema.sql\nschema_names: [audit]\n");
  auto result = run({"ensure"});
  EXPECT_EQ(exit_correct, result.exit_code) << testing::PrintToString(result);
  EXPECT_EQ(columns("audit.log"), "id integer");
  EXPECT_EQ(db().value("SELECT count(*) FROM pg_attribute WHERE attname = 'note'"), "0");
  result = run({"verify", "--schema-name", "public"});
  EXPECT_EQ(exit_drift, result.exit_code) << testing::PrintToString(result);
}

TEST_F(Settings, HoldForSnapshotAndInit) {
  db().exec("CREATE TABLE scratch_1 (id int); CREATE TABLE keep (id int)");
  spec("database: " + db().url() + "\nignore: [scratch_*]\n");
  for (const Arguments& args : {Arguments{"snapshot", "-o", "-"}, {"init", "-o", "-"}}) {
    const auto result = run_bare(args);
    EXPECT_EQ(exit_correct, result.exit_code) << testing::PrintToString(result);
    EXPECT_TRUE(contains(result.out, "keep"));
    EXPECT_TRUE(contains_not(result.out, "scratch_1"));
  }
}

TEST_F(Settings, AloneTheyLeadToASource) {
  spec("ignore: [scratch_*]\n");
  const auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.err),
                       "pgmend.yaml: it names no tables, and no source of the schema hint: name "
                       "one in it (`schema: schema.sql`), or by --schema SOURCE"));
}

TEST_F(Settings, AreToldWhereTheyAreWrong) {
  spec("schema: schema.sql\nbackfill: {note: 1}\n");
  auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "pgmend.yaml:2:12: backfill: `note=1` is not"));
  spec("schema: schema.sql\nbackfill: {users.nobody: 1}\n");
  result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "schema.sql has no column users.nobody"));
}

class FailOn : public CliTest {
 protected:
  FailOn() { spec("tables: {api_keys: {columns: {id: bigint, note: text}}}\n"); }
};

TEST_F(FailOn, OtherDifferencesAreToldAndDoNotFail) {
  EXPECT_EQ(exit_drift, run({"verify"}).exit_code);
  EXPECT_EQ(exit_drift, run({"verify", "--fail-on", "missing"}).exit_code);
  const auto told = run({"verify", "--fail-on", "broken"});
  EXPECT_EQ(exit_correct, told.exit_code);
  EXPECT_TRUE(contains(told.out, "api_keys.id type different"));
  EXPECT_TRUE(contains(told.out, "Schema differs - 2 differences, nothing to fail over"));
  EXPECT_TRUE(contains(told.out, "verdict: drift - 2 differences"));
  // What is left by ensure, too.
  EXPECT_EQ(exit_drift, run({"ensure"}).exit_code);
  EXPECT_EQ(exit_correct, run({"ensure", "--fail-on", "missing,broken"}).exit_code);
}

TEST_F(FailOn, TheFormsMarkItAsAWarning) {
  const auto github = run({"verify", "--fail-on=broken", "--format", "github"});
  EXPECT_EQ(exit_correct, github.exit_code);
  EXPECT_TRUE(contains(github.out, "::warning "));
  EXPECT_TRUE(contains_not(github.out, "::error "));
  const auto junit = run({"verify", "--fail-on=broken", "--format", "junit"}).out;
  EXPECT_TRUE(contains(junit, "failures=\"0\" errors=\"0\" skipped=\"2\""));
}

TEST_F(FailOn, ExtraIsLookedForWhereItIsNamed) {
  folder().write(
      "schema.sql",
      "CREATE TABLE users (id int PRIMARY KEY);"
      "CREATE TABLE api_keys (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, "
      "instance_id text, is_active boolean NOT NULL DEFAULT true)");
  db().exec("CREATE TABLE by_hand (id int)");
  EXPECT_EQ(exit_correct, run({"verify", "--schema", "schema.sql"}).exit_code);
  EXPECT_EQ(exit_drift, run({"verify", "--schema", "schema.sql", "--fail-on", "extra"}).exit_code);
  const auto wrong = run_unchanged({"verify", "--fail-on", "extras"});
  EXPECT_EQ(exit_usage, wrong.exit_code);
  EXPECT_TRUE(
      contains(unwrapped(wrong.err), "`extras` is not one of missing, different, broken, extra"));
}

}  // namespace
}  // namespace pgmend::test
