// SPDX-License-Identifier: MIT
// pgmend fleet ensure and plan: one first, then the rest; what stops it; how it goes on.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "cli/fleet.hpp"

namespace pgmend::test {
namespace {

class FleetEnsure : public FleetTest {
 protected:
  FleetEnsure() { lock_file(); }

  /// In all but t_01.
  void damage(const std::string& sql) const {
    for (int i = 2; i <= 6; ++i) db().exec(fmt::format("SET search_path = t_{:02}; {}", i, sql));
  }
  /// How many tenants have that column.
  int with_column(const std::string& column) const {
    return std::stoi(db().value(fmt::format(
        "SELECT count(*) FROM information_schema.columns WHERE table_schema LIKE 't\\_%' "
        "AND column_name = '{}'",
        column)));
  }
};

TEST_F(FleetEnsure, AllAreRepairedAndProven) {
  damage("ALTER TABLE users DROP feels; DROP INDEX ix_orders_user");
  const auto run = ensure();
  EXPECT_EQ(exit_correct, run.result.exit_code) << run.result.out << run.result.err;
  EXPECT_EQ(5, run.count("repaired"));
  EXPECT_EQ(1, run.count("correct"));
  EXPECT_EQ(1U, run.report["shapes"].size());
  EXPECT_EQ(6, with_column("feels"));
  EXPECT_EQ(exit_correct, verify().result.exit_code);
}

TEST_F(FleetEnsure, WhatIsCorrectIsLeftAlone) {
  const auto before = db().fingerprint();
  EXPECT_EQ(exit_correct, ensure().result.exit_code);
  EXPECT_EQ(before, db().fingerprint());
}

TEST_F(FleetEnsure, ThePlanShowsItAndChangesNothing) {
  damage("ALTER TABLE users DROP feels");
  const auto before = db().fingerprint();
  const auto run = fleet({"plan", "--schemas", "t_*", "--schema", "schema.lock"});
  EXPECT_EQ(exit_drift, run.result.exit_code);
  EXPECT_EQ(before, db().fingerprint());
  EXPECT_TRUE(contains(run.result.out, R"(ALTER TABLE "t_02"."users" ADD COLUMN "feels")"))
      << run.result.out;
  EXPECT_TRUE(contains(run.result.out, "5 statements in 5 members")) << run.result.out;
}

// What the canary could not get through, the others are spared.
TEST_F(FleetEnsure, OneThatFailsFirstStopsTheRest) {
  damage("ALTER TABLE users DROP feels");
  db().exec(
      "CREATE FUNCTION shared.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
      "IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE schema_name = 't_03') THEN "
      "RAISE 'not in t_03'; END IF; END $$;"
      "CREATE EVENT TRIGGER refuse ON ddl_command_end WHEN TAG IN ('ALTER TABLE')"
      "  EXECUTE FUNCTION shared.refuse()");
  const auto first = ensure({"--canary", "t_03"});
  EXPECT_EQ(exit_failed, first.result.exit_code) << first.result.out;
  EXPECT_EQ("failed", first.state("t_03"));
  EXPECT_EQ(4, first.count("waiting"));
  EXPECT_EQ(1, with_column("feels"));
  EXPECT_TRUE(contains(first.result.out, "t_03 went first and is failed"));
  // As one of the rest it is one failure.
  const auto second = ensure({"--canary", "t_02", "--max-failures", "3"});
  EXPECT_EQ(exit_failed, second.result.exit_code);
  EXPECT_EQ(4, second.count("repaired")) << second.result.out;
  EXPECT_EQ(5, with_column("feels"));
  db().exec("DROP EVENT TRIGGER refuse");
  folder().write("before.json", second.report.dump());
  const auto third = ensure({"--only-failed", "before.json"});
  EXPECT_EQ(exit_correct, third.result.exit_code) << third.result.out << third.result.err;
  EXPECT_EQ(1U, third.report["members"].size());
  EXPECT_EQ("repaired", third.state("t_03"));
}

TEST_F(FleetEnsure, FailuresAreCountedAndStopIt) {
  damage("ALTER TABLE users DROP feels");
  db().exec(
      "CREATE FUNCTION shared.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
      "IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE schema_name <> 't_02') THEN "
      "RAISE 'not there'; END IF; END $$;"
      "CREATE EVENT TRIGGER refuse ON ddl_command_end WHEN TAG IN ('ALTER TABLE')"
      "  EXECUTE FUNCTION shared.refuse()");
  const auto run = ensure({"--jobs", "1", "--max-failures", "2"});
  EXPECT_EQ(exit_failed, run.result.exit_code);
  EXPECT_EQ(1, run.count("repaired"));
  EXPECT_EQ(2, run.count("failed"));
  EXPECT_EQ(2, run.count("waiting"));
  db().exec("DROP EVENT TRIGGER refuse");
  folder().write("before.json", run.report.dump());
  const auto rest = ensure({"--resume", "before.json"});
  EXPECT_EQ(exit_correct, rest.result.exit_code) << rest.result.out << rest.result.err;
  EXPECT_EQ(4, rest.count("repaired"));
}

TEST_F(FleetEnsure, ConsentIsTheSameForAll) {
  damage("ALTER TABLE users ALTER feels SET DEFAULT 'sad'");
  const auto refused = ensure();
  EXPECT_EQ(exit_drift, refused.result.exit_code) << refused.result.out;
  EXPECT_EQ(5, refused.count("drift"));
  const auto run = ensure({"--allow", "alter"});
  EXPECT_EQ(5, run.count("repaired")) << run.result.out << run.result.err;
}

TEST_F(FleetEnsure, TheTimeIsUpBeforeItBegins) {
  damage("ALTER TABLE users DROP feels");
  const auto result =
      run({"fleet", "ensure", "--schemas", "t_*", "--schema", "schema.lock", "--until", "25:00"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_TRUE(contains(result.err, "it is no time of day"));
  EXPECT_EQ(1, with_column("feels"));
}

TEST_F(FleetEnsure, AReportOfAnotherFormIsRefused) {
  const auto refused = [&](const std::string& text, const std::string& words) {
    folder().write("old.json", text);
    const auto result = run(
        {"fleet", "ensure", "--schemas", "t_*", "--schema", "schema.lock", "--resume", "old.json"});
    EXPECT_EQ(exit_usage, result.exit_code);
    EXPECT_TRUE(contains(unwrapped(result.err), words)) << result.err;
  };
  refused("{}", "is no report of a fleet");
  refused("nothing", "is no report of a fleet");
  refused(R"({"fleet_format_version": 2, "members": []})", "a report of another form (version 2)");
  refused(R"({"fleet_format_version": 1, "members": [{"name": 1}]})", "is damaged");
  EXPECT_EQ(exit_correct, verify().result.exit_code);
  refused(folder().read("fleet.json"), "nothing is left to do");
}

TEST_F(FleetEnsure, SeveralAtATimeHaveLocksOfTheirOwn) {
  damage("ALTER TABLE users DROP feels");
  auto other = db().connect();
  other.query("SELECT pg_advisory_lock_shared(123589519306340)");  // another fleet's member
  const auto run = ensure();
  EXPECT_EQ(exit_correct, run.result.exit_code) << run.result.out << run.result.err;
}

TEST_F(FleetEnsure, NobodyRepairsTheWholeDatabaseMeanwhile) {
  damage("ALTER TABLE users DROP feels");
  auto other = db().connect();
  other.query("SELECT pg_advisory_lock(123589519306340)");  // a pgmend ensure
  const auto run = ensure({"--patience", "1s"});
  EXPECT_NE(exit_correct, run.result.exit_code);
  EXPECT_EQ(1, with_column("feels"));
  EXPECT_TRUE(contains(run.result.out, "another pgmend is still repairing")) << run.result.out;
}

}  // namespace
}  // namespace pgmend::test
