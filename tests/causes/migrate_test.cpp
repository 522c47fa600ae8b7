// SPDX-License-Identifier: MIT
// `pgmend migrate` around the real Alembic and around commands that go wrong, and `verify --wait`.
#include <chrono>
#include <filesystem>

#include "cause.hpp"
#include "support/process.hpp"
#include "util/file.hpp"

namespace pgmend::test {
namespace {

class Migrate : public CauseTest {
 protected:
  RunOptions options() const {
    return {
        .env = {{"DATABASE_URL", project().application_url()}, {"PYTHONDONTWRITEBYTECODE", "1"}},
        .cwd = project().folder().path()};
  }
  RunResult migrate(const std::vector<std::string>& command,
                    const std::vector<std::string>& further = {}) const {
    std::vector<std::string> args = {"migrate"};
    args.insert(args.end(), further.begin(), further.end());
    args.emplace_back("--");
    args.insert(args.end(), command.begin(), command.end());
    return run_pgmend(args, options());
  }
  /// The process id that a command wrote; empty: not yet.
  std::string child() const {
    const auto text = file::read_if_exists(project().folder().path("child")).value_or("");
    return text.ends_with('\n') ? text.substr(0, text.size() - 1) : "";
  }
  static std::vector<std::string> upgrade() {
    return {chosen_python(), "-m", "alembic", "upgrade", "head"};
  }
};

TEST_F(Migrate, RunsTheCommandAndThenEnsures) {
  revision("b2", "'a1'",
           {"print('out of the revision')", "op.add_column('users', sa.Column('name', sa.Text))"});
  const auto run = migrate(upgrade());
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains_in_order(
      unwrapped(run.out),
      {"ℹ Database:", "ℹ Migration state before: nothing; 3 migrations to run", "ℹ Running",
       "alembic upgrade head...", "out of the revision", "✓ Migrations applied",
       "ℹ Current migration state: c3 (head)", "ℹ Ensuring schema is correct...",
       "verdict: correct", "Ensuring Database Schema"}));
  const auto again = migrate(upgrade());
  EXPECT_EQ(again.exit_code, 0) << testing::PrintToString(again);
  EXPECT_TRUE(contains(again.out, "✓ There was nothing to migrate"));
}

// In CI: a repair would hide what a revision forgot.
TEST_F(Migrate, WithCheckWhatARevisionForgotIsSeen) {
  const auto check = [&] { return migrate(upgrade(), {"--check"}); };
  auto run = check();
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains_in_order(
      unwrapped(run.out),
      {"✓ Migrations applied", "ℹ Verifying that the schema is correct...", "verdict: correct"}));
  revision("b2", "'a1'", {"pass"});
  revision("c3", "'b2'", {"pass"});
  exec("DROP TABLE users, alembic_version");
  run = check();
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains_in_order(unwrapped(run.out),
                                {"✓ Migrations applied", "verdict: drift", "users.name missing"}));
  EXPECT_EQ(db().value("SELECT count(*) FROM pg_attribute WHERE attname = 'name'"
                       " AND attrelid = 'users'::regclass"),
            "0");
  EXPECT_EQ(migrate({"false"}, {"--check"}).exit_code, 4);
}

// What the command itself writes is its own affair.
TEST_F(Migrate, QuietTellsOnlyTheVerdict) {
  auto run = migrate(upgrade(), {"--quiet"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_EQ(run.out, "✅ Schema is correct - no changes needed\n");
  run = migrate({"sh", "-c", "echo of its own; false"}, {"--quiet"});
  EXPECT_EQ(run.exit_code, 4) << testing::PrintToString(run);
  EXPECT_TRUE(run.out.starts_with("of its own\n  ✗ Migrations failed: sh ended with exit code 1"))
      << run.out;
}

// "There was nothing to migrate" is more than is known.
TEST_F(Migrate, WhereTheVersionTableCannotBeReadItClaimsNothing) {
  exec(std::string(k_a1) + k_b2 + k_c3);
  record({"c3"});
  const auto role = "w" + db().name();
  exec("CREATE ROLE \"" + role + "\"; GRANT SELECT ON users TO \"" + role + "\"");
  const auto run = migrate(upgrade(), {"--role", role});
  EXPECT_EQ(run.exit_code, 5) << testing::PrintToString(run);
  EXPECT_TRUE(contains_in_order(unwrapped(run.out),
                                {"Migration state before: not readable",
                                 "✓ The command ended with 0; what is recorded as "
                                 "applied cannot be read",
                                 "Current migration state: not readable", "GRANT SELECT"}));
  exec("DROP OWNED BY \"" + role + "\"; DROP ROLE \"" + role + "\"");
}

// A project's env.py that calls pgmend knows by this that it is pgmend that runs it.
TEST_F(Migrate, ItsCommandKnowsWhoRunsIt) {
  const auto run = migrate({"sh", "-c", "echo running: $PGMEND_RUN; false"});
  EXPECT_TRUE(contains(run.out, "\nrunning: migrate\n")) << testing::PrintToString(run);
}

TEST_F(Migrate, NoticesThatNothingWasCommitted) {
  const auto before = db().fingerprint();
  const auto run = migrate({"true"});
  EXPECT_EQ(run.exit_code, 4) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.out), "The command ended with 0, but nothing was committed"));
  EXPECT_EQ(db().fingerprint(), before);
  // Unless it was never meant to go all the way.
  const auto partly = migrate({"true"}, {"--even-if-pending"});
  EXPECT_TRUE(contains(partly.out, "Ensuring Database Schema")) << testing::PrintToString(partly);
}

TEST_F(Migrate, NamesTheStatementThatSwallowedTheCommit) {
  env("from alembic import context\nconnection.execute('SELECT 1')\ncontext.configure()\n");
  const auto run = migrate({"true"});
  EXPECT_EQ(run.exit_code, 4) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.out), "migrations/env.py:2 sends a statement before"));
}

TEST_F(Migrate, WithoutAVersionTableItClaimsNothing) {
  std::filesystem::remove(project().folder().path("alembic.ini"));
  exec(std::string(k_a1) + k_b2 + k_c3);
  const auto run = migrate({"true"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.out), "no version table tells what it did"));
}

TEST_F(Migrate, ACommandThatGoesWrongIsNotFollowedByARepair) {
  exec(k_a1);
  record({"c3"});  // ensure would have something to do
  const auto before = db().fingerprint();
  struct Case {
    std::vector<std::string> command;
    int exit_code;
    const char* says;
  };
  const std::vector<Case> cases = {
      {{"sh", "-c", "echo broken >&2; exit 7"}, 4, "sh ended with exit code 7"},
      {{"false"}, 4, "what it wrote, if anything, is above"},
      {{"sh", "-c", "kill -9 $$"}, 4, "sh was ended by signal 9 (Killed)"},
      {{"sleep", "60"}, 4, "sleep was ended after 2 s (--timeout)"},
      {{"no-such-program"}, 2, "no-such-program"},
  };
  for (const auto& each : cases) {
    const auto run = migrate(each.command, {"--timeout", "2s"});
    EXPECT_EQ(run.exit_code, each.exit_code) << testing::PrintToString(run);
    EXPECT_TRUE(contains(unwrapped(run.out), each.says));
  }
  EXPECT_EQ(db().fingerprint(), before);
}

// With all that it started: a shell script is a usual command.
TEST_F(Migrate, AStopEndsTheCommandAsWell) {
  const std::vector<std::string> command = {"sh", "-c", "sleep 300 & echo $! > child; wait"};
  for (const bool is_interrupt : {true, false}) {
    std::vector<std::string> args = {"migrate"};
    if (!is_interrupt) args.insert(args.end(), {"--timeout", "1s"});
    args.emplace_back("--");
    args.insert(args.end(), command.begin(), command.end());
    auto process = start_pgmend(args, options());
    ASSERT_TRUE(eventually([&] { return !child().empty(); }));
    if (is_interrupt) process.send(SIGTERM);
    const auto run = process.wait();
    EXPECT_EQ(run.exit_code, is_interrupt ? 130 : 4) << testing::PrintToString(run);
    EXPECT_TRUE(contains(run.out, is_interrupt ? "Interrupted: the command was ended"
                                               : "sh was ended after 1 s (--timeout)"));
    EXPECT_TRUE(eventually([&] { return !is_running(child()); }));
    std::filesystem::remove(project().folder().path("child"));
  }
}

// A command must not go on without the lock.
TEST_F(Migrate, TheCommandDiesWithUs) {
  auto process =
      start_pgmend({"migrate", "--", "sh", "-c", "echo $$ > child; exec sleep 300"}, options());
  ASSERT_TRUE(eventually([&] { return !child().empty(); }));
  process.send(SIGKILL);
  process.wait();
  EXPECT_TRUE(eventually([&] { return !is_running(child()); }));
}

TEST_F(Migrate, ALostConnectionIsToldAfterTheCommand) {
  auto process = start_pgmend(
      {"migrate", "--", "sh", "-c", "echo $$ > child; while [ ! -e go ]; do sleep 0.05; done"},
      options());
  ASSERT_TRUE(eventually([&] { return !child().empty(); }));
  exec(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
      " AND datname = current_database()");
  project().folder().write("go", "");
  const auto run = process.wait();
  EXPECT_EQ(run.exit_code, 3) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.err),
                       "the connection was lost while the migration ran, which then ended with "
                       "exit code 0"));
}

TEST_F(Migrate, ShowsNoPassword) {
  const auto run = migrate({"echo", "-url=postgresql://u:s3cret@h/d", "--password", "s3cret"});
  const auto first_line = run.out.substr(0, run.out.find("...\n"));
  EXPECT_TRUE(contains(first_line, "Running echo *** ***")) << testing::PrintToString(run);
  EXPECT_TRUE(contains_not(first_line, "s3cret"));
}

TEST_F(Migrate, SeveralPodsTakeTurns) {
  std::vector<subprocess::Process> pods;
  std::vector<std::string> args = {"migrate", "--"};
  for (const auto& word : upgrade()) args.push_back(word);
  for (int i = 0; i < 3; ++i) pods.push_back(start_pgmend(args, options()));
  int applied = 0;
  for (auto& pod : pods) {
    const auto run = pod.wait();
    EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
    if (run.out.find("Migrations applied") != std::string::npos) ++applied;
  }
  EXPECT_EQ(applied, 1);
}

TEST_F(Migrate, WithoutACommandItIsWrongUsage) {
  const auto run = run_pgmend({"migrate"}, options());
  EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(run);
}

TEST_F(Migrate, VerifyWaitsUntilTheMigrationIsThrough) {
  exec(k_a1);
  record({"a1"});
  auto waiting = start_pgmend({"verify", "--wait", "60s"}, options());
  EXPECT_FALSE(waiting.wait_for(std::chrono::seconds(2)));
  exec(std::string(k_b2) + k_c3 + "UPDATE alembic_version SET version_num = 'c3'");
  const auto run = waiting.wait();
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(run.out.starts_with("verdict: correct"));
}

TEST_F(Migrate, AWaitThatIsInVainSaysWhatIsWrong) {
  exec(k_a1);
  record({"a1"});
  auto run = run_pgmend({"verify", "--wait", "1s"}, options());
  EXPECT_EQ(run.exit_code, 5) << testing::PrintToString(run);
  auto unreachable = options();
  unreachable.env["DATABASE_URL"] = "postgresql://u@127.0.0.1:1/none";
  run = run_pgmend({"verify", "--wait", "1s"}, unreachable);
  EXPECT_EQ(run.exit_code, 3) << testing::PrintToString(run);
  run = run_pgmend({"verify", "--wait", "soon"}, options());
  EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(run);
}

}  // namespace
}  // namespace pgmend::test
