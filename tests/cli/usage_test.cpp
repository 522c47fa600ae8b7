// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

TEST(Usage, HelpOfEachCommandFits) {
  for (const auto* command : {"", "ensure", "verify", "plan", "migrate", "diff", "compile",
                              "snapshot", "init", "demo", "explain", "completion", "man"})
    for (const auto* flag : {"--help", "-h"}) {
      const auto result = run_pgmend(*command ? Arguments{command, flag} : Arguments{flag});
      EXPECT_EQ(0, result.exit_code) << command;
      EXPECT_TRUE(contains(result.out, std::string("Usage: pgmend ") + command));
      EXPECT_TRUE(contains(result.out, "Examples:\n  pgmend "));
      EXPECT_EQ("", too_wide(result.out)) << command;
      EXPECT_EQ("", result.err);
    }
}

TEST(Usage, HelpSaysWhatExitCodesMeanAndWhereTheConnectionComesFrom) {
  const auto help = unwrapped(run_pgmend({"--help"}).out);
  EXPECT_TRUE(contains(help, "Exit codes: 0 correct, or made correct and proven; 1 drift found"));
  EXPECT_TRUE(contains_in_order(help, {"--database", "PGMEND_DATABASE_URL", "DATABASE_URL",
                                       "DB_HOST", "pgmend.yaml", "alembic.ini", "PG*"}));
}

TEST(Usage, HelpListsEveryCommandWithItsLine) {
  const auto help = run_pgmend({"--help"}).out;
  for (const auto* command : {"ensure", "verify", "plan", "migrate", "diff", "compile", "snapshot",
                              "init", "demo", "explain", "completion", "man"})
    EXPECT_TRUE(contains_match(help, std::string("^  ") + command + " {2,}[a-z]")) << command;
}

TEST(Usage, Version) {
  const auto result = run_pgmend({"--version"});
  EXPECT_EQ(0, result.exit_code);
  EXPECT_TRUE(contains_match(result.out, R"(^pgmend \d+\.\d+\.\d+$)"));
}

TEST(Usage, NothingAtAllShowsTheHelp) {
  const auto result = run_pgmend({});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "Usage: pgmend"));
}

struct Mistake {
  Arguments args;
  const char* message;
  const char* hint;
};

TEST(Usage, MistakesAreNamedWithAHint) {
  const Mistake mistakes[] = {
      {{"vrify"}, "pgmend: there is no command `vrify`", "did you mean: pgmend verify?"},
      {{"frobnicate"}, "pgmend: there is no command `frobnicate`", "see: pgmend --help"},
      {{"verify", "--nonsense", "x"},
       "pgmend: verify has no option --nonsense",
       "see: pgmend verify --help"},
      {{"verify", "--shcema", "x"}, "verify has no option --shcema", "did you mean: --schema?"},
      {{"verify", "--tabel=users"}, "verify has no option --tabel", "did you mean: --table?"},
      {{"verify", "stray"}, "not expected: stray", "see: pgmend verify --help"},
      {{"verify", "--dry-run"}, "verify has no option --dry-run", "see: pgmend verify --help"},
      {{"ensure", "--fix"}, "ensure has no option --fix", "see: pgmend ensure --help"},
      {{"verify", "-q", "-v"}, "--quiet excludes --verbose", "see: pgmend verify --help"},
      {{"verify", "--color", "sometimes"},
       "--color: sometimes not in {auto,always,never}",
       "see: pgmend verify --help"},
      {{"ensure", "--allow", "everything"},
       "`everything` is not one of alter, replace, rewrite, drop",
       "see: pgmend ensure --help"},
      {{"ensure", "--patience", "-1"},
       "`-1` is not a time such as 30, 30s, 2m or 1h",
       "see: pgmend ensure --help"},
      {{"verify", "--connect-timeout", "0"},
       "`0` is too short: it takes 1s or more",
       "see: pgmend verify --help"},
      {{"verify", "--connect-timeout", "soon"},
       "`soon` is not a time such as 30, 30s, 2m or 1h",
       "see: pgmend verify --help"},
      {{"verify", "--database"}, "--database: 1 required URL missing", "see: pgmend verify --help"},
  };
  for (const auto& mistake : mistakes) {
    const auto result = run_pgmend(mistake.args);
    EXPECT_EQ(exit_usage, result.exit_code) << mistake.message;
    EXPECT_EQ("", result.out);
    EXPECT_TRUE(contains(result.err, mistake.message));
    EXPECT_TRUE(contains_line(result.err, std::string("hint: ") + mistake.hint));
  }
}

}  // namespace
}  // namespace pgmend::test
