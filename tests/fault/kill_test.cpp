// SPDX-License-Identifier: MIT
// kill -9: the server drops what the dead run had going, and the next run finishes the job.
#include <gtest/gtest.h>

#include <csignal>
#include <mutex>
#include <optional>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"
#include "support/proxy.hpp"

namespace pgmend::test {

namespace {

using std::chrono::seconds;

constexpr const char* k_advisory_locks =
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

/// About two seconds are promised; the rest is for a busy machine.
void expect_server_lets_go(const Project& project) {
  EXPECT_TRUE(eventually([&] { return project.sessions() == 0; }, seconds(8)));
  EXPECT_EQ(project.db().value(k_advisory_locks), "0");
}

/// Killed when the first statement that has `part` in it has reached the server.
void expect_survives_kill_at(const std::string& part) {
  const Damaged project;
  bool seen = false;
  std::optional<subprocess::Process> ensure;
  std::mutex starting;
  Proxy proxy(project.db(), {.after = [&](const Proxy::Statement& statement) {
                if (seen || statement.sql.find(part) == std::string::npos)
                  return Proxy::Answer::pass;
                seen = true;
                const std::lock_guard guard(starting);
                ensure->send(SIGKILL);
                return Proxy::Answer::cut;
              }});
  {
    const std::lock_guard guard(starting);
    ensure.emplace(project.start({"ensure"}, proxy.url()));
  }
  EXPECT_EQ(ensure->wait().signal, SIGKILL) << part;
  EXPECT_TRUE(seen) << part;
  expect_next_run_finishes(project);
}

}  // namespace

TEST(Kill, DuringABuildThatWaits) {
  const Damaged project;
  auto old = old_snapshot(project.db());
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] {
    return project.sessions("query LIKE 'CREATE%INDEX CONC%' AND wait_event_type = 'Lock'") > 0;
  }));
  ensure.send(SIGKILL);
  ensure.wait();
  expect_server_lets_go(project);
  EXPECT_NE(project.leftovers(), "") << "the build has left something behind";
  old.end();
  expect_next_run_finishes(project);
}

TEST(Kill, DuringABatchOfABackfill) {
  const Project project(
      "CREATE TABLE items (id bigint PRIMARY KEY);"
      "INSERT INTO items SELECT generate_series(1, 20000);"
      "CREATE FUNCTION slow() RETURNS int VOLATILE LANGUAGE plpgsql AS "
      "$$ BEGIN PERFORM pg_sleep(0.001); RETURN 7; END $$;",
      "tables:\n  items:\n    columns:\n"
      "      token: {definition: integer NOT NULL, backfill: slow()}\n");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return project.is_at("UPDATE%"); }));
  ensure.send(SIGKILL);
  ensure.wait();
  expect_server_lets_go(project);
  EXPECT_TRUE(contains(project.leftovers(), "comment pgmend"));
  EXPECT_EQ(project.verify().exit_code, 1);
  project.db().exec("CREATE OR REPLACE FUNCTION slow() RETURNS int LANGUAGE sql AS 'SELECT 7'");
  const auto finish = project.ensure();
  EXPECT_EQ(finish.exit_code, 0) << testing::PrintToString(finish);
  EXPECT_EQ(project.leftovers(), "");
  EXPECT_EQ(project.db().value("SELECT count(*) FROM items WHERE token = 7"), "20000");
}

TEST(Kill, BetweenTheStagesOfEachRecipe) {
  for (const char* part :
       {"VALIDATE CONSTRAINT \"pgmend", "COMMENT ON", "USING INDEX", "DROP INDEX CONC"})
    expect_survives_kill_at(part);
}

}  // namespace pgmend::test
