// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "report/migration.hpp"
#include "report_output.hpp"

namespace pgmend::report {
namespace {

constexpr terminal::Style k_plain = {.color = false, .unicode = false, .is_terminal = false};

TEST(CommandWords, AreTheCommand) {
  EXPECT_EQ(command_words({"alembic", "upgrade", "head"}), "alembic upgrade head");
}

TEST(CommandWords, LeaveOutWhatMayHoldAPassword) {
  EXPECT_EQ(command_words({"goose", "postgres", "postgresql://u:s3cret@h/d", "up"}),
            "goose postgres *** up");
  EXPECT_EQ(command_words({"flyway", "-password=s3cret", "migrate"}), "flyway *** migrate");
  EXPECT_EQ(command_words({"liquibase", "--PASSWORD", "s3cret", "update"}), "liquibase *** update");
  EXPECT_EQ(command_words({"env", "PGPASSWORD=s3cret", "alembic"}), "env *** alembic");
  EXPECT_EQ(command_words({"x", "--token"}), "x ***");
}

// The program is named whatever its name is.
TEST(CommandWords, NameTheProgram) {
  EXPECT_EQ(command_words({"/opt/tokens/migrate", "up"}), "/opt/tokens/migrate up");
}

TEST(MigrationReporter, ShowsTheStateOfEachVersionTable) {
  Standing standing;
  standing.ledgers.resize(2);
  standing.ledgers[0].recorded = {"b2"};
  standing.ledgers[0].heads = {"c3"};
  standing.ledgers[0].pending.resize(1);
  const test::Output output;
  MigrationReporter reporter(output.file(), k_plain);
  reporter.state("Current migration state", standing);
  EXPECT_EQ(output.text(),
            "  -- Current migration state:\n    b2; 1 migration to run\n    nothing\n");
}

TEST(MigrationReporter, ATableThatCannotBeReadIsNotOneThatSaysNothing) {
  Standing standing;
  standing.ledgers.resize(1);
  standing.ledgers[0].is_unread = true;
  const test::Output output;
  MigrationReporter(output.file(), k_plain).state("Current migration state", standing);
  EXPECT_EQ(output.text(), "  -- Current migration state:\n    not readable\n");
}

TEST(MigrationReporter, QuietTellsOnlyWhatWentWrong) {
  Standing standing;
  standing.ledgers.resize(1);
  const test::Output output;
  MigrationReporter reporter(output.file(), k_plain, Detail::quiet);
  reporter.note("a note");
  reporter.state("Current migration state", standing);
  reporter.good("Migrations applied");
  reporter.hand_over(true);
  reporter.bad("Migrations failed", "look above");
  EXPECT_EQ(output.text(), "  XX Migrations failed\n    hint: look above\n");
}

TEST(MigrationReporter, IsSilentWhereThereIsNoVersionTable) {
  const test::Output output;
  MigrationReporter(output.file(), k_plain).state("Current migration state", {});
  EXPECT_EQ(output.text(), "");
}

TEST(MigrationReporter, WrapsWhatIsLong) {
  const test::Output output;
  auto style = k_plain;
  style.columns = 80;
  MigrationReporter reporter(output.file(), style);
  reporter.bad("a message of many words that are too many for one line of a terminal, all in all",
               "a hint of many words that are too many for one line of a terminal, all in all");
  EXPECT_EQ(output.text(),
            "  XX a message of many words that are too many for one line of a terminal, all in\n"
            "    all\n"
            "    hint: a hint of many words that are too many for one line of a terminal, all\n"
            "    in all\n");
}

}  // namespace
}  // namespace pgmend::report
