// SPDX-License-Identifier: MIT
// The server goes away in the middle.
#include <gtest/gtest.h>

#include <optional>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

bool builds(const Project& project) {
  return project.sessions("query LIKE 'CREATE%INDEX CONC%' AND wait_event_type = 'Lock'") > 0;
}

constexpr const char* k_terminate =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'pgmend' "
    "AND pid <> pg_backend_pid()";

}  // namespace

TEST(ServerLoss, ASessionThatIsTerminated) {
  const Damaged project;
  auto old = old_snapshot(project.db());
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return builds(project); }));
  project.db().exec(k_terminate);
  const auto result = ensure.wait();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(
      result.out,
      {"Failed to fix schema issues", "the connection was lost", "terminating", "run again"}));
  old.end();
  expect_next_run_finishes(project);
}

TEST(ServerLoss, ASessionThatIsTerminatedBeforeAnythingWasDone) {
  const Project project("CREATE TABLE items (id bigint)",
                        "tables:\n  items:\n    columns: {note: text}\n");
  Holder other(project.db(), "another pgmend");
  other.query(k_take_advisory_lock);
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return project.sessions("query LIKE '%pg_locks%'") > 0; }));
  project.db().exec(k_terminate);
  const auto result = ensure.wait();
  EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "Could not verify schema - the connection was lost"));
}

TEST(ServerLoss, AServerThatCrashes) {
  PrivateServer server(server_options());
  const Damaged project(server);
  auto old = std::make_optional(old_snapshot(project.db()));
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return builds(project); }));
  server.stop(PrivateServer::StopMode::kill);
  const auto result = ensure.wait();
  EXPECT_EQ(result.exit_code, 4) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(result.out, {"the connection was lost", "hint: run again"}));
  const auto down = project.ensure();
  EXPECT_EQ(down.exit_code, 3) << testing::PrintToString(down);
  server.start();
  expect_next_run_finishes(project);
}

}  // namespace pgmend::test
