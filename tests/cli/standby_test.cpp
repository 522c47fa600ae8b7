// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

/// A primary that was repaired, and a standby of it: one pair for all of these tests.
class Standby : public testing::Test {
 protected:
  static constexpr const char* k_spec =
      "tables:\n"
      "  api_keys:\n"
      "    columns:\n"
      "      id: int PRIMARY KEY\n"
      "      webhook_url: VARCHAR(1024)\n"
      "      headers: JSONB NOT NULL DEFAULT '{}'::jsonb\n"
      "    indexes: {ix_url: (webhook_url)}\n";

  static void SetUpTestSuite() {
    s_primary = std::make_unique<PrivateServer>(server_options());
    s_database = std::make_unique<Database>(*s_primary);
    s_database->exec(
        "CREATE TABLE api_keys (id int PRIMARY KEY, webhook_url varchar(1024),"
        " headers jsonb NOT NULL DEFAULT '{}'::jsonb);"
        "CREATE INDEX ix_url ON api_keys (webhook_url)");
    s_standby = make_standby(*s_primary);
  }
  static void TearDownTestSuite() {
    s_standby.reset();
    s_database.reset();
    s_primary.reset();
  }

  void spec(const std::string& yaml) const { m_folder.write("pgmend.yaml", yaml); }
  static std::string conninfo() {
    const auto parameters = s_standby->parameters(s_database->name());
    return fmt::format("host={} port={} user=postgres dbname={}", parameters.at("host"),
                       parameters.at("port"), parameters.at("dbname"));
  }
  RunResult run(Arguments args) const {
    args.insert(args.end(), {"-d", conninfo()});
    return run_pgmend(args, {.cwd = m_folder.path()});
  }

  static inline std::unique_ptr<PrivateServer> s_primary;
  static inline std::unique_ptr<Database> s_database;
  static inline std::unique_ptr<PrivateServer> s_standby;
  TempFolder m_folder;
};

TEST_F(Standby, VerifiesExistenceAndTypesAndNamesTheRest) {
  spec(k_spec);
  const auto result = run({"verify"});
  EXPECT_EQ(exit_unverified, result.exit_code);
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains(said, "note: the server is a standby: read-only"));
  EXPECT_TRUE(contains(said, "✓ api_keys.webhook_url exists"));
  EXPECT_TRUE(contains(said,
                       "⚠ api_keys.id unconfirmed the server could not be asked about its "
                       "definition: the server is a standby"));
  EXPECT_TRUE(contains(said, "⚠ api_keys.headers unconfirmed for the same reason as above"));
  EXPECT_TRUE(contains(said, "⚠ index api_keys.ix_url unconfirmed"));
  EXPECT_TRUE(contains(said, "hint: it exists; to compare the rest, run as a role"));
  EXPECT_TRUE(contains(said, "❌ Could not verify schema - some of it is unconfirmed"));
}

TEST_F(Standby, WhatIsBareTypesIsCorrect) {
  spec("tables: {api_keys: {columns: {id: int, webhook_url: VARCHAR(1024)}}}");
  const auto result = run({"verify"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out;
  EXPECT_TRUE(contains(result.out, "Schema is correct - no changes needed"));
}

TEST_F(Standby, FindsAMissingColumnIndexAndTable) {
  spec(
      "tables:\n"
      "  api_keys:\n"
      "    columns: {gone: \"text NOT NULL DEFAULT ''\"}\n"
      "    indexes: {ix_gone: (webhook_url)}\n"
      "  orders: {columns: {id: int}}\n");
  const auto result = run({"verify"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "✗ api_keys.gone missing"));
  EXPECT_TRUE(contains_line(result.out, "✗ index api_keys.ix_gone missing"));
  EXPECT_TRUE(contains_line(result.out, "✗ orders missing"));
  EXPECT_TRUE(contains(result.out, "Schema verification FAILED - 3 differences"));
}

TEST_F(Standby, FindsAnotherType) {
  spec("tables: {api_keys: {columns: {webhook_url: VARCHAR(2048) DEFAULT 'x', id: bigint}}}");
  const auto result = run({"verify"});
  EXPECT_EQ(exit_drift, result.exit_code);
  const auto said = unwrapped(result.out);
  EXPECT_TRUE(contains(said,
                       "✗ api_keys.webhook_url type different expected: character "
                       "varying(2048) found: character varying(1024)"));
  EXPECT_TRUE(contains(said, "✗ api_keys.id type different expected: bigint found: integer"));
}

TEST_F(Standby, FindsANotNullAndADefaultThatABareTypeDoesNotDeclare) {
  spec("tables: {api_keys: {columns: {headers: jsonb}}}");
  const auto result = run({"verify"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "✗ api_keys.headers NOT NULL different"));
  EXPECT_TRUE(contains_line(result.out, "✗ api_keys.headers default different"));
}

TEST_F(Standby, EnsureRefusesWithAHint) {
  spec(k_spec);
  for (const Arguments& args : {Arguments{"ensure"}, {"verify", "--fix"}}) {
    const auto result = run(args);
    EXPECT_EQ(exit_unverified, result.exit_code);
    const auto said = unwrapped(result.out);
    EXPECT_TRUE(contains(said,
                         "❌ Could not verify schema - the server is a standby: nothing can "
                         "be repaired here"));
    EXPECT_TRUE(contains(
        said, "hint: name the primary with --database; a standby can be checked: pgmend verify "));
  }
}

TEST_F(Standby, PlanAndDryRunWorkAsFarAsTheyCan) {
  spec("tables: {api_keys: {columns: {webhook_url: VARCHAR(1024), gone: int}}}");
  for (const Arguments& args : {Arguments{"plan"}, {"ensure", "--dry-run"}}) {
    const auto result = run(args);
    EXPECT_TRUE(result.exit_code == exit_drift || result.exit_code == exit_unverified)
        << result.out << result.err;
    EXPECT_TRUE(contains_not(result.out + result.err, "defect of pgmend"));
  }
}

TEST_F(Standby, RunsNoMigration) {
  spec(k_spec);
  const auto touched = m_folder.path("touched");
  const auto result =
      run_pgmend({"migrate", "-d", conninfo(), "--", "touch", touched}, {.cwd = m_folder.path()});
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(result.out, "The server is a standby: nothing can be migrated here"));
  EXPECT_FALSE(std::filesystem::exists(touched));
}

}  // namespace
}  // namespace pgmend::test
