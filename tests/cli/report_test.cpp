// SPDX-License-Identifier: MIT
// What users see: the seed's example, word by word, and what changes it.
#include <fmt/format.h>

#include "cli/cli.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

constexpr const char* k_spec =
    "tables:\n"
    "  api_keys:\n"
    "    columns:\n"
    "      id: int PRIMARY KEY\n"
    "      user_id: int NOT NULL\n"
    "      webhook_url: VARCHAR(1024)\n"
    "      webhook_headers: \"JSONB NOT NULL DEFAULT '{}'::jsonb\"\n";

/// Connected by host, port and name of their own, so that the header is the same everywhere.
class ReportTest : public CliTest {
 protected:
  ReportTest() { spec(k_spec); }

  static std::string with_banner(const std::string& verdict, const std::string& title,
                                 const std::string& rest) {
    const std::string rule(60, '=');
    return "verdict: " + verdict + "\n" + rule + "\n" + title + "\n" + rule + "\n" +
           "<header>expected: pgmend.yaml\n" + rest;
  }
  static std::string closing(const std::string& text, const std::string& verdict) {
    const std::string rule(60, '=');
    return "\n" + rule + "\n" + text + rule + "\nverdict: " + verdict + "\n";
  }
  std::string repair_hint() const {
    return "hint: to repair it run: pgmend ensure --database " + text::shell_word(db().url()) +
           "\n";
  }
  /// The lines that name the database depend on where the server is.
  static std::string without_database(std::string report) {
    const auto from = report.find("database: ");
    const auto to = report.find("expected: ");
    if (from == std::string::npos || to == std::string::npos) return report;
    return report.replace(from, to - from, "<header>");
  }
};

TEST_F(ReportTest, EnsureAsInTheSeed) {
  const auto first = run({"ensure"});
  EXPECT_EQ(exit_correct, first.exit_code);
  EXPECT_EQ("", first.err);
  EXPECT_EQ(
      with_banner("drift - 2 differences", "Ensuring Database Schema",
                  "\n"
                  "Checking api_keys table...\n"
                  "  ✓ api_keys.id exists\n"
                  "  ✓ primary key api_keys.api_keys_pkey exists\n"
                  "  ✓ api_keys.user_id exists\n"
                  "\n"
                  "  ⚠ api_keys.webhook_url missing - adding now...\n"
                  "      expected: character varying(1024)\n"
                  "  ⚠ api_keys.webhook_headers missing - adding now...\n"
                  "      expected: jsonb DEFAULT '{}'::jsonb NOT NULL\n"
                  "  ✓ api_keys.webhook_url added successfully\n"
                  "  ✓ api_keys.webhook_headers added successfully\n" +
                      closing("✅ Schema fixed - 2 item(s) added\n", "correct - 2 item(s) added")),
      without_database(first.out));

  const auto second = run_unchanged({"ensure"});
  EXPECT_EQ(exit_correct, second.exit_code);
  EXPECT_EQ(with_banner("correct - all that is expected is there", "Ensuring Database Schema",
                        "\n"
                        "Checking api_keys table...\n"
                        "  ✓ api_keys.id exists\n"
                        "  ✓ primary key api_keys.api_keys_pkey exists\n"
                        "  ✓ api_keys.user_id exists\n"
                        "  ✓ api_keys.webhook_url exists\n"
                        "  ✓ api_keys.webhook_headers exists\n" +
                            closing("✅ Schema is correct - no changes needed\n",
                                    "correct - all that is expected is there")),
            without_database(second.out));
}

TEST_F(ReportTest, VerifySaysWhatIsMissingAndHowToMendIt) {
  const auto result = run_unchanged({"verify"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_EQ(
      with_banner("drift - 2 differences", "Verifying Database Schema",
                  "\n"
                  "Checking api_keys table...\n"
                  "  ✓ api_keys.id exists\n"
                  "  ✓ primary key api_keys.api_keys_pkey exists\n"
                  "  ✓ api_keys.user_id exists\n"
                  "  ✗ api_keys.webhook_url missing\n"
                  "      expected: character varying(1024)\n"
                  "  ✗ api_keys.webhook_headers missing\n"
                  "      expected: jsonb DEFAULT '{}'::jsonb NOT NULL\n" +
                      closing("❌ Schema verification FAILED - 2 differences\n" + repair_hint(),
                              "drift - 2 differences")),
      without_database(result.out));
}

TEST_F(ReportTest, TheHeaderNamesDatabaseRoleServerAndOrigin) {
  const auto result = run({"verify"});
  EXPECT_TRUE(
      contains(unwrapped(result.out),
               fmt::format("database: {} on socket {} as postgres, PostgreSQL {}", db().name(),
                           db().server().folder(), db().server().version_major())));
  EXPECT_TRUE(contains(unwrapped(result.out), "(from --database) expected: pgmend.yaml"));
}

TEST_F(ReportTest, BothSidesOfADifferenceAreShown) {
  spec("tables: {api_keys: {columns: {user_id: bigint NOT NULL, is_active: boolean NOT NULL}}}");
  const auto result = run_unchanged({"verify"});
  EXPECT_TRUE(contains(result.out,
                       "  ✗ api_keys.user_id type different\n"
                       "      expected: bigint\n"
                       "      found:    integer\n"));
  EXPECT_TRUE(contains(result.out,
                       "  ✗ api_keys.is_active default different\n"
                       "      expected: nothing\n"
                       "      found:    true\n"));
}

TEST_F(ReportTest, QuietIsTheVerdictAlone) {
  EXPECT_EQ("❌ Schema verification FAILED - 2 differences\n" + repair_hint(),
            run({"verify", "--quiet"}).out);
  EXPECT_EQ("✅ Schema fixed - 2 item(s) added\n", run({"ensure", "-q"}).out);
  EXPECT_EQ("✅ Schema is correct - no changes needed\n", run({"ensure", "--quiet"}).out);
  EXPECT_EQ("✅ Schema is correct - no changes needed\n", run({"verify", "-q"}).out);
}

TEST_F(ReportTest, ManyTablesCollapseToALineEach) {
  std::string yaml = "tables:\n";
  for (int i = 1; i <= 6; ++i) {
    db().exec(fmt::format("CREATE TABLE t{} (a int, b int)", i));
    yaml += fmt::format("  t{}: {{columns: {{a: int, b: int{}}}}}\n", i, i == 4 ? ", c: int" : "");
  }
  spec(yaml);
  const auto collapsed = run({"verify"});
  EXPECT_TRUE(contains(collapsed.out,
                       "✓ t1 correct (3 items)\n"
                       "✓ t2 correct (3 items)\n"
                       "✓ t3 correct (3 items)\n"));
  EXPECT_TRUE(contains(collapsed.out,
                       "Checking t4 table...\n"
                       "  ✓ 3 items correct\n"
                       "  ✗ t4.c missing\n"));
  EXPECT_TRUE(contains(collapsed.out, "\n✓ t6 correct (3 items)\n"));
  EXPECT_TRUE(contains_not(collapsed.out, "t1.a exists"));

  const auto verbose = run({"verify", "--verbose"});
  for (const auto* line : {"Checking t1 table...", "✓ t1.a exists", "✓ t4.b exists",
                           "✗ t4.c missing", "✓ t6.b exists"})
    EXPECT_TRUE(contains_line(verbose.out, line));
  EXPECT_TRUE(contains_not(verbose.out, "correct ("));
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

TEST_F(ReportTest, AsciiWhereTheLocaleIsNotUtf8) {
  for (const subprocess::Environment& env :
       {subprocess::Environment{{"LANG", "C"}}, {{"LC_ALL", "POSIX"}}, {{"LC_CTYPE", "C"}}}) {
    const auto result = run({"verify"}, "postgres", env);
    EXPECT_TRUE(is_ascii(result.out)) << result.out;
    EXPECT_TRUE(contains_line(result.out, "ok api_keys.id exists"));
    EXPECT_TRUE(contains_line(result.out, "XX api_keys.webhook_url missing"));
    EXPECT_TRUE(contains_line(result.out, "Schema verification FAILED - 2 differences"));
  }
  const auto result = run({"ensure"}, "postgres", {{"LANG", "C"}});
  EXPECT_TRUE(contains_line(result.out, "!! api_keys.webhook_url missing - adding now..."));
  EXPECT_TRUE(contains_line(result.out, "Schema fixed - 2 item(s) added"));
  EXPECT_TRUE(is_ascii(result.out));
}

TEST_F(ReportTest, ColourOnlyWhereItIsWanted) {
  constexpr const char* k_escape = "\033[";
  const auto output = [&](const Arguments& args, const subprocess::Environment& env) {
    return run(args, "postgres", env).out;
  };
  EXPECT_TRUE(contains_not(output({"verify"}, {}), k_escape));  // not a terminal
  EXPECT_TRUE(contains(output({"verify", "--color", "always"}, {}), "\033[31m✗\033[0m api_keys."));
  EXPECT_TRUE(contains(output({"verify", "--color=always"}, {{"NO_COLOR", "1"}}), k_escape));
  EXPECT_TRUE(contains(output({"verify"}, {{"CLICOLOR_FORCE", "1"}}), k_escape));
  EXPECT_TRUE(
      contains_not(output({"verify"}, {{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}}), k_escape));
  EXPECT_TRUE(
      contains_not(output({"verify", "--color=never"}, {{"CLICOLOR_FORCE", "1"}}), k_escape));
}

TEST_F(ReportTest, LinesAreAsWideAsTheTerminal) {
  db().exec(
      "CREATE INDEX ix_long ON api_keys (instance_id) WHERE instance_id IN ('aaaaaaaaaaaa', "
      "'bbbbbbbbbbbbbbbb', 'cccccccccccccccccccc') AND is_active AND id > 100 AND id < 9999");
  spec(std::string(k_spec) +
       "      is_active: \"boolean NOT NULL DEFAULT (1 = 1 AND 2 = 2 AND 3 = 3 AND 4 = 4 AND 5 = 5 "
       "AND 6 = 6 AND 7 = 7 AND 8 = 8)\"\n"
       "    indexes:\n      ix_long: (instance_id) WHERE id > 1\n      ix_new: (user_id)\n"
       "  orders: {columns: {id: int}}\n");
  for (const Arguments& args : {Arguments{"verify"},
                                {"plan"},
                                {"ensure", "--dry-run"},
                                {"verify", "--verbose"},
                                {"ensure"}})
    EXPECT_EQ("", too_wide(run_on_terminal(args, 80)));
  EXPECT_EQ("", too_wide(run_on_terminal({"verify"}, 20)));  // none is taken to be as narrow
  spec(std::string(k_spec) + "      note: text NOT NULL\n");
  // In pipes and files a sentence is a line.
  constexpr auto k_long_hint =
      "hint: say what existing rows get: --backfill 'api_keys.note=<SQL expression>', or "
      "`backfill:` "
      "in pgmend.yaml";
  EXPECT_TRUE(contains_not(run_on_terminal({"verify"}, 80), k_long_hint));
  EXPECT_TRUE(contains(run_on_terminal({"verify"}, 200), k_long_hint));
  EXPECT_TRUE(contains(run({"verify"}, "postgres", {{"COLUMNS", "80"}}).out, k_long_hint));
}

TEST_F(ReportTest, StdoutHasTheReportAndStderrTheLog) {
  const auto result = run({"verify", "--log-sql"});
  EXPECT_TRUE(contains_match(result.err, R"(^sql\[1\] BEGIN ISOLATION LEVEL REPEATABLE READ)"));
  EXPECT_TRUE(contains(result.err, "ROLLBACK"));
  EXPECT_TRUE(contains_not(result.out, "sql["));
  EXPECT_EQ(run({"verify"}).out, result.out);
}

}  // namespace
}  // namespace pgmend::test
