// SPDX-License-Identifier: MIT
// pgmend fleet ensure is killed at each of its statements that changes something, and a server
// falls silent in the middle of a verify.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <mutex>
#include <thread>

#include "fault/fleet_project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"
#include "support/proxy.hpp"

namespace pgmend::test {

namespace {

using std::chrono::seconds;

/// How often a run that is not disturbed sends each of these.
int times_sent(const std::string& part) {
  const FleetProject fleet;
  int count = 0;
  {
    std::mutex mutex;
    Proxy proxy(fleet.db(), {.before = [&](const Proxy::Statement& statement) {
                  const std::lock_guard guard(mutex);
                  if (statement.sql.find(part) != std::string::npos) ++count;
                  return Proxy::Answer::pass;
                }});
    EXPECT_EQ(0, fleet.start_ensure(proxy.url()).wait().exit_code);
  }
  return count;
}

}  // namespace

TEST(FleetKillSweep, AtEachStatementThatChangesSomething) {
  for (const char* part : {"ALTER TABLE", "INDEX CONCURRENTLY", "pg_try_advisory_lock", "COMMIT"}) {
    const int sent = times_sent(part);
    EXPECT_GT(sent, 0) << part;
    for (int i = 1; i <= sent; ++i) expect_fleet_survives_kill(part, i);
  }
}

TEST(FleetHang, AMemberThatIsLockedIsToldAndTheOthersAreRepaired) {
  const FleetProject fleet;
  Holder holder(fleet.db());
  holder.begin("LOCK TABLE t_3.items");
  const auto run =
      fleet.ensure({"--patience", "1s", "--build-timeout", "1", "--max-failures", "5"});
  EXPECT_EQ(4, run.count("repaired")) << run.result.out;
  EXPECT_NE("repaired", run.state("t_3"));
  EXPECT_TRUE(contains(run.result.out, "in the way: pid")) << run.result.out;
  holder.end();
  expect_fleet_finishes(fleet);
}

// The machine still takes connections, and nobody there answers.
TEST(FleetSilence, AServerThatIsStoppedHoldsUpNobody) {
  PrivateServer server(server_options());
  const Database silent(server);
  const Database other;
  for (const auto* database : {&silent, &other}) database->exec("CREATE TABLE items (id int)");
  std::atomic<bool> is_over = false;
  Proxy proxy(silent, {.before = [&](const Proxy::Statement& statement) {
                if (statement.number < 12) return Proxy::Answer::pass;
                ::kill(server.pid(), SIGSTOP);
                while (!is_over) std::this_thread::sleep_for(std::chrono::milliseconds(50));
                return Proxy::Answer::cut;
              }});
  const TempFolder folder;
  folder.write("urls", proxy.url() + "\n" + other.url() + "\n");
  folder.write("pgmend.yaml", "tables: {items: {columns: {id: int}}}");
  const auto started = std::chrono::steady_clock::now();
  const auto result = run_pgmend({"fleet", "verify", "--urls", "urls", "--connect-timeout", "1"},
                                 {.cwd = folder.path()});
  ::kill(server.pid(), SIGCONT);
  is_over = true;
  EXPECT_EQ(3, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(result.out, "the server does not answer any more")) << result.out;
  EXPECT_TRUE(contains(result.out, "1 unread, 1 correct")) << result.out;
  EXPECT_LT(std::chrono::steady_clock::now() - started, seconds(20));
}

}  // namespace pgmend::test
