// SPDX-License-Identifier: MIT
// SIGINT and SIGTERM: it stops soon, stops what it had running on the server, and cleans up.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/deaf_port.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* k_sql =
    "CREATE TABLE items (id bigint PRIMARY KEY, name text);"
    "INSERT INTO items SELECT i, 'item ' || i FROM generate_series(1, 100) AS i;";
constexpr const char* k_column = "tables:\n  items:\n    columns: {note: text}\n";
constexpr const char* k_index = "tables:\n  items:\n    indexes: {items_name: (name)}\n";
constexpr const char* k_key =
    "tables:\n  items:\n    constraints: {items_name_key: UNIQUE (name)}\n";

/// It has a second, clean-up and all; the rest is for a busy machine.
constexpr milliseconds k_in_time{1500};

/// How long it takes to stop.
milliseconds stop(const Project& project, subprocess::Process& process, int signal) {
  const auto asked = Clock::now();
  process.send(signal);
  EXPECT_TRUE(process.wait_for(seconds(20))) << "it does not stop";
  const auto taken = std::chrono::duration_cast<milliseconds>(Clock::now() - asked);
  const auto result = process.wait();
  EXPECT_EQ(result.exit_code, 130) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out + result.err, "Interrupted"));
  EXPECT_TRUE(eventually([&] { return project.sessions() == 0; }, seconds(5)))
      << "something still runs on the server";
  return taken;
}

/// The best of three: what stands between them is the machine's business.
template <typename Attempt>
void expect_in_time(Attempt attempt, milliseconds limit = k_in_time) {
  auto best = milliseconds::max();
  for (int tries = 0; tries < 3 && best >= limit; ++tries) best = std::min(best, attempt());
  EXPECT_LT(best, limit);
}

class Interrupt : public testing::TestWithParam<int> {};

}  // namespace

TEST_P(Interrupt, WhileItWaitsForALock) {
  expect_in_time([&] {
    const Project project(k_sql, k_column);
    Holder reader(project.db());
    reader.begin("SELECT count(*) FROM items");
    auto ensure = project.start({"ensure"});
    EXPECT_TRUE(eventually([&] { return project.waits_for_lock(); }));
    const auto taken = stop(project, ensure, GetParam());
    reader.end();
    EXPECT_EQ(project.ensure().exit_code, 0);
    return taken;
  });
}

TEST_P(Interrupt, DuringABuildThatWaitsForAnOldTransaction) {
  expect_in_time([&] {
    const Project project(k_sql, k_index);
    auto old = old_snapshot(project.db());
    auto ensure = project.start({"ensure"});
    EXPECT_TRUE(eventually([&] {
      return project.sessions("query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock'") > 0;
    }));
    EXPECT_NE(project.leftovers(), "");
    const auto taken = stop(project, ensure, GetParam());
    EXPECT_EQ(project.leftovers(), "");
    old.end();
    EXPECT_EQ(project.ensure().exit_code, 0);
    return taken;
  });
}

TEST(InterruptOnce, DuringTheBuildOfAHelper) {
  expect_in_time([&] {
    const Project project(k_sql, k_key);
    auto old = old_snapshot(project.db());
    auto ensure = project.start({"ensure"});
    EXPECT_TRUE(eventually([&] {
      return project.sessions("query LIKE 'CREATE UNIQUE%' AND wait_event_type = 'Lock'") > 0;
    }));
    const auto taken = stop(project, ensure, SIGTERM);
    EXPECT_EQ(project.leftovers(), "");
    old.end();
    EXPECT_EQ(project.ensure().exit_code, 0);
    return taken;
  });
}

TEST(InterruptOnce, DuringTheBatchesOfABackfill) {
  expect_in_time([&] {
    const Project project(
        "CREATE TABLE items (id bigint PRIMARY KEY);"
        "INSERT INTO items SELECT generate_series(1, 200000);",
        "tables:\n  items:\n    columns:\n"
        "      token: {definition: uuid NOT NULL, backfill: gen_random_uuid()}\n");
    auto ensure = project.start({"ensure"});
    const auto filled =
        "SELECT count(*) FROM items WHERE (to_jsonb(items) ->> 'token') IS NOT NULL";
    EXPECT_TRUE(eventually([&] { return project.db().value(filled) != "0"; }));
    const auto taken = stop(project, ensure, SIGTERM);
    const auto done = std::stoi(project.db().value(filled));
    EXPECT_LT(done, 200000);
    EXPECT_EQ(done % 1000, 0) << "a batch is done, or it is not";
    const auto kept = fmt::format(  // in the order of the key
        "SELECT md5(string_agg(token::text, ',' ORDER BY id)) FROM items WHERE id <= {}", done);
    const auto before = project.db().value(kept);
    const auto finish = project.ensure();
    EXPECT_EQ(finish.exit_code, 0) << testing::PrintToString(finish);
    EXPECT_EQ(project.db().value(kept), before) << "what was filled is not filled again";
    EXPECT_EQ(project.db().value(filled), "200000");
    EXPECT_EQ(project.leftovers(), "");
    return taken;
  });
}

TEST_P(Interrupt, WhileItWaitsForAnotherRun) {
  expect_in_time([&] {
    const Project project(k_sql, k_column);
    Holder other(project.db(), "another pgmend");
    other.query(k_take_advisory_lock);
    auto ensure = project.start({"ensure"});
    EXPECT_TRUE(eventually([&] { return project.sessions("query LIKE '%pg_locks%'") > 0; }));
    return stop(project, ensure, GetParam());
  });
}

TEST_P(Interrupt, WhileItConnectsToAServerThatDoesNotAnswer) {
  expect_in_time([&] {
    const Project project(k_sql, k_column);
    const DeafPort silent(true);
    auto ensure = project.start({"ensure"}, silent.url());
    silent.wait_for_client();
    return stop(project, ensure, GetParam());
  });
}

TEST_P(Interrupt, WhileVerifyReads) {
  expect_in_time([&] {
    const Project project(k_sql + std::string("CREATE VIEW all_items AS SELECT * FROM items;"),
                          "schema: all.lock\n");
    EXPECT_TRUE(project.run({"snapshot", "--output", "all.lock"}).ok());
    Holder migration(project.db());
    migration.begin("LOCK TABLE items IN ACCESS EXCLUSIVE MODE");
    auto verify = project.start({"verify"});
    EXPECT_TRUE(eventually([&] { return project.waits_for_lock(); }));
    return stop(project, verify, GetParam());
  });
}

INSTANTIATE_TEST_SUITE_P(Signals, Interrupt, testing::Values(SIGINT, SIGTERM),
                         [](const auto& tested) {
                           return std::string(tested.param == SIGINT ? "Int" : "Term");
                         });

// Somebody reads the table: then what was half-built cannot be dropped without waiting for them.
TEST(InterruptCleanUp, SaysWhatItCouldNotRemove) {
  expect_in_time([&] {
    const Project project(k_sql, k_index);
    Holder reader(project.db());
    reader.begin("SELECT count(*) FROM items", "REPEATABLE READ");
    auto ensure = project.start({"ensure"});
    EXPECT_TRUE(eventually([&] {
      return project.sessions("query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock'") > 0;
    }));
    const auto taken = stop(project, ensure, SIGINT);
    const auto result = ensure.outcome();
    EXPECT_TRUE(contains_in_order(result.out, {"Interrupted", "half-built is left", "DROP INDEX"}));
    reader.end();
    EXPECT_EQ(project.ensure().exit_code, 0);
    EXPECT_EQ(project.leftovers(), "");
    return taken;
  });
}

TEST(InterruptCleanUp, ASecondSignalEndsItAtOnce) {
  const Project project(k_sql, k_index);
  Holder reader(project.db());
  reader.begin("SELECT count(*) FROM items", "REPEATABLE READ");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] {
    return project.sessions("query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock'") > 0;
  }));
  ensure.send(SIGINT);
  ASSERT_TRUE(eventually([&] { return project.is_at("DROP INDEX%"); }));
  ensure.send(SIGINT);
  ASSERT_TRUE(ensure.wait_for(seconds(5)));
  EXPECT_EQ(ensure.outcome().signal, SIGINT);
  reader.end();
  EXPECT_EQ(project.ensure().exit_code, 0);
  EXPECT_EQ(project.leftovers(), "");
}

/// A server that hangs, with all its sessions, until the end of its life.
class Hanging {
 public:
  Hanging(const Project& project, PrivateServer& server) {
    const auto sessions = project.db().rows(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'pgmend' "
        "AND pid <> pg_backend_pid()");
    stop(server.pid());
    for (const auto& session : sessions) stop(std::stoi(session.at(0)));
  }
  ~Hanging() {
    for (const auto pid : m_pids) ::kill(pid, SIGCONT);
  }
  Hanging(const Hanging&) = delete;
  Hanging& operator=(const Hanging&) = delete;

 private:
  void stop(pid_t pid) {
    if (::kill(pid, SIGSTOP) == 0) m_pids.push_back(pid);
  }
  std::vector<pid_t> m_pids;
};

// It takes no request to cancel either. What is left there is named, and the next run's to remove.
TEST(InterruptCleanUp, AServerThatHangsIsNotWaitedFor) {
  PrivateServer server(server_options());
  const Project project(k_sql, k_index, server);
  auto old = old_snapshot(project.db());
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] {
    return project.sessions("query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock'") > 0;
  }));
  {
    const Hanging hanging(project, server);
    ensure.send(SIGTERM);
    ASSERT_TRUE(ensure.wait_for(seconds(6))) << "it waits for a server that hangs";
  }
  const auto result = ensure.outcome();
  EXPECT_EQ(result.exit_code, 130) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(result.out, {"Interrupted", "half-built is left", "DROP INDEX"}));
  old.end();
  EXPECT_TRUE(eventually([&] { return project.sessions() == 0; }));
  EXPECT_EQ(project.ensure().exit_code, 0);
  EXPECT_EQ(project.leftovers(), "");
}

}  // namespace pgmend::test
