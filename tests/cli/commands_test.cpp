// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {
namespace {

class Commands : public CliTest {
 protected:
  Commands() {
    spec(
        "tables:\n"
        "  api_keys:\n"
        "    columns:\n"
        "      webhook_url: VARCHAR(1024)\n"
        "      headers: {definition: \"JSONB NOT NULL DEFAULT '{}'\", backfill: \"'{}'\"}\n"
        "      stamp: uuid DEFAULT gen_random_uuid()\n"
        "    indexes:\n"
        "      ix_instance: UNIQUE (instance_id) WHERE is_active\n"
        "    constraints:\n"
        "      positive: CHECK (id > 0)\n"
        "  orders:\n"
        "    create: true\n"
        "    columns: {id: serial PRIMARY KEY, key_id: int REFERENCES api_keys}\n");
  }
};

TEST_F(Commands, VerifyFixIsEnsure) {
  const auto result = run({"verify", "--fix"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains_line(result.out, "Ensuring Database Schema"));
  EXPECT_TRUE(contains_line(result.out, "✓ api_keys.webhook_url added successfully"));
  EXPECT_EQ(exit_correct, run_unchanged({"verify"}).exit_code);
}

TEST_F(Commands, DryRunShowsTheSqlAndChangesNothing) {
  const auto result = run_unchanged({"ensure", "--dry-run"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "Would run:"));
  EXPECT_TRUE(contains(result.out, R"(ADD COLUMN "webhook_url" character varying(1024))"));
  EXPECT_TRUE(contains(unwrapped(result.out),
                       "hint: this was a dry run; to repair it run: pgmend "
                       "ensure"));
}

TEST_F(Commands, DryRunOfACorrectSchema) {
  run({"ensure"});
  const auto result = run_unchanged({"ensure", "--dry-run"});
  EXPECT_EQ(exit_correct, result.exit_code);
  EXPECT_TRUE(contains(result.out, "Schema is correct - no changes needed"));
  EXPECT_TRUE(contains_not(result.out, "Would run"));
}

TEST_F(Commands, PlanRunsInPsqlAndMakesVerifyClean) {
  const auto plan = run_unchanged({"plan"});
  EXPECT_EQ(exit_drift, plan.exit_code);
  const auto psql = subprocess::run(
      {.argv = {client_program(db().server(), "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d",
                db().url(), "-f", folder().write("repair.sql", plan.out)},
       .env = clean_environment(),
       .cwd = {},
       .run_as = {},
       .input = {},
       .output_file = {}});
  EXPECT_TRUE(psql.ok()) << psql.err << plan.out;
  const auto result = run_unchanged({"verify"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out;
}

TEST_F(Commands, PlanOfACorrectSchemaIsACommentOnly) {
  run({"ensure"});
  const auto plan = run_unchanged({"plan"});
  EXPECT_EQ(exit_correct, plan.exit_code);
  EXPECT_TRUE(contains_line(plan.out, "-- Schema is correct - no changes needed"));
  EXPECT_TRUE(contains_not(plan.out, ";\n"));
}

TEST_F(Commands, PlanSaysWhatItLeavesOutAndWhy) {
  spec(
      "tables:\n  api_keys: {columns: {user_id: bigint NOT NULL}}\n  gone: {columns: {id: int}}\n");
  const auto plan = run_unchanged({"plan"});
  EXPECT_EQ(exit_drift, plan.exit_code);
  EXPECT_TRUE(contains_line(plan.out, "-- gone missing: not planned"));
  EXPECT_TRUE(contains(plan.out, "-- api_keys.user_id type different: not planned"));
  EXPECT_TRUE(contains(plan.out, "run with --allow rewrite"));
  EXPECT_TRUE(contains_not(plan.out, "\nALTER"));
}

TEST_F(Commands, EnsureTwice) {
  const auto first = run({"ensure"});
  EXPECT_EQ(exit_correct, first.exit_code) << first.out;
  EXPECT_TRUE(contains(first.out, "Schema fixed - "));
  const auto second = run_unchanged({"ensure"});
  EXPECT_EQ(exit_correct, second.exit_code);
  EXPECT_TRUE(contains(second.out, "Schema is correct - no changes needed"));
}

TEST_F(Commands, ConsentIsAskedForAndHeeded) {
  spec("tables: {api_keys: {columns: {user_id: bigint NOT NULL}}}");
  const auto refused = run_unchanged({"ensure"});
  EXPECT_EQ(exit_drift, refused.exit_code);
  EXPECT_TRUE(contains(unwrapped(refused.out),
                       "needs consent: rewrite hint: run with --allow "
                       "rewrite (rewrites the table; ACCESS EXCLUSIVE"));
  EXPECT_EQ(exit_drift, run_unchanged({"ensure", "--allow", "alter,replace"}).exit_code);
  const auto allowed = run({"ensure", "--allow", "alter,rewrite"});
  EXPECT_EQ(exit_correct, allowed.exit_code) << allowed.out;
  EXPECT_TRUE(contains(allowed.out, "Schema fixed - 1 item(s) changed"));
}

}  // namespace
}  // namespace pgmend::test
