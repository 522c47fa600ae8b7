// SPDX-License-Identifier: MIT
// pgmend fleet on a bad day: killed at any step, members that hang, time that runs out.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "fault/fleet_project.hpp"
#include "support/deaf_port.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

using std::chrono::seconds;

/// So many seconds from now, as --until has it.
std::string clock_in(int seconds_from_now) {
  const auto then = std::time(nullptr) + seconds_from_now;
  std::tm day = {};
  ::localtime_r(&then, &day);
  return fmt::format("{:02}:{:02}:{:02}", day.tm_hour, day.tm_min, day.tm_sec);
}

}  // namespace

// The one that goes first, and one of the rest; all steps are killed at in FleetKillSweep.
TEST(FleetKill, AtEachKindOfStep) {
  for (const char* part : {"\"t_2\".\"items\" ADD COLUMN", "\"t_4\".\"items\" VALIDATE CONSTRAINT",
                           "INDEX CONCURRENTLY \"items_code\" ON \"t_5\""})
    EXPECT_TRUE(expect_fleet_survives_kill(part, 1)) << part;
}

TEST(FleetHang, AServerThatSaysNothingHoldsUpNobody) {
  const DeafPort silent(true);
  const Database one;
  const Database other;
  for (const auto* database : {&one, &other}) database->exec("CREATE TABLE items (id int)");
  TempFolder folder;
  std::string urls;
  for (int i = 0; i < 8; ++i) urls += silent.url(fmt::format("shop_{}", i)) + "\n";
  folder.write("urls", urls + one.url() + "\n" + other.url() + "\n");
  folder.write("pgmend.yaml", "tables: {items: {columns: {id: int}}}");
  const auto started = std::chrono::steady_clock::now();
  const auto result = run_pgmend({"fleet", "verify", "--urls", "urls", "--jobs", "4",
                                  "--connect-timeout", "1", "--format", "json"},
                                 {.cwd = folder.path()});
  EXPECT_EQ(3, result.exit_code) << result.err;
  const auto report = nlohmann::json::parse(result.out);
  EXPECT_EQ(2, report["counts"]["correct"]);
  EXPECT_EQ(8, report["counts"]["unread"]);
  EXPECT_TRUE(contains(result.out, "timeout expired while connecting"));
  EXPECT_TRUE(contains(result.out, "(urls:1)")) << result.out;
  EXPECT_LT(std::chrono::steady_clock::now() - started, seconds(5));
}

TEST(FleetUntil, WhatIsNotBegunIsToldAndTakenUpAgain) {
  const FleetProject fleet;
  fleet.db().exec(
      "CREATE FUNCTION public.slowly() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
      "PERFORM pg_sleep(0.7); END $$;"
      "CREATE EVENT TRIGGER slowly ON ddl_command_end WHEN TAG IN ('ALTER TABLE')"
      "  EXECUTE FUNCTION public.slowly()");
  const auto run = fleet.ensure({"--until", clock_in(4), "--jobs", "1"});
  EXPECT_EQ(5, run.result.exit_code) << run.result.out;
  EXPECT_GE(run.count("repaired"), 1) << run.result.out;
  EXPECT_GE(run.count("waiting"), 1) << run.result.out;
  EXPECT_EQ(5, run.count("repaired") + run.count("waiting"));
  EXPECT_TRUE(contains(run.result.out, "the time is up (--until): the rest was not begun"));
  fleet.db().exec("DROP EVENT TRIGGER slowly");
  const auto rest = fleet.ensure({"--resume", fleet.write("before.json", run.report.dump())});
  EXPECT_EQ(0, rest.result.exit_code) << rest.result.out << rest.result.err;
  EXPECT_EQ(run.count("waiting"), rest.count("repaired"));
  expect_fleet_finishes(fleet);
}

}  // namespace pgmend::test
