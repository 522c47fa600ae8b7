// SPDX-License-Identifier: MIT
// Through PgBouncer in transaction mode each transaction may come to another session of the server,
// and what one leaves behind there the next client finds.
#include "support/pgbouncer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <deque>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

constexpr int k_servers = 3;

constexpr const char* k_sql =
    "CREATE TABLE items (id bigint PRIMARY KEY, name text);"
    "CREATE TABLE parts (id bigint, item bigint);"
    "INSERT INTO items SELECT i, 'n' || i FROM generate_series(1, 500) i;"
    "INSERT INTO parts SELECT i, i FROM generate_series(1, 500) i;";

/// All of it is done in transactions.
constexpr const char* k_columns =
    "tables:\n  items:\n    columns:\n      name: text NOT NULL\n      note: varchar(100)\n"
    "      token: uuid NOT NULL DEFAULT gen_random_uuid()\n"
    "    constraints:\n      items_name_check: CHECK (name <> '')\n"
    "  parts:\n    constraints:\n"
    "      parts_item_fkey: FOREIGN KEY (item) REFERENCES items (id)\n";
constexpr const char* k_and_an_index =
    "tables:\n  items:\n    columns: {note: varchar(100)}\n"
    "    indexes: {items_name: (name)}\n";

class ThroughPgBouncer : public testing::Test {
 protected:
  void SetUp() override {
    if (!PgBouncer::is_installed()) GTEST_SKIP() << "pgbouncer is not installed";
  }
};

/// What the next clients find in the sessions of the server, one line for each thing that a fresh
/// session has not. They are all in transactions at the same time, so that each has another one.
std::string left_behind(const PgBouncer& bouncer) {
  std::deque<pg::Connection> clients;
  std::string found;
  for (int i = 0; i < k_servers; ++i) {
    auto& client = clients.emplace_back(bouncer.connect());
    client.query("BEGIN");
    const auto result = client.query(R"sql(
SELECT string_agg(what, E'\n') AS what FROM (
  SELECT 'setting ' || name || ' = ' || setting FROM pg_settings
  WHERE source = 'session' AND name NOT IN ('application_name', 'client_encoding')
  UNION ALL SELECT 'advisory lock of ' || pid FROM pg_locks WHERE locktype = 'advisory'
  UNION ALL SELECT 'prepared ' || statement FROM pg_prepared_statements
  UNION ALL SELECT 'temporary ' || relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()
  UNION ALL SELECT 'role ' || current_user WHERE current_user <> session_user
) AS found (what))sql");
    found += result.str(0, "what");
  }
  return found;
}

}  // namespace

TEST_F(ThroughPgBouncer, VerifyWorksAndSaysThatThereIsAPooler) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), k_servers);
  const auto result = project.start({"verify"}, bouncer.url()).wait();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "there is a connection pooler (PgBouncer, say)"));
  EXPECT_TRUE(contains_not(project.verify().out, "pooler"));
  EXPECT_EQ(left_behind(bouncer), "");
}

TEST_F(ThroughPgBouncer, WhatIsDoneInTransactionsIsDone) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), k_servers);
  const auto result = project.start({"ensure"}, bouncer.url()).wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(left_behind(bouncer), "");
  EXPECT_EQ(project.verify().exit_code, 0);
  EXPECT_EQ(project.leftovers(), "");
}

TEST_F(ThroughPgBouncer, WhatIsNotSafeIsRefusedWithTheDirectConnectionAsHint) {
  const Project project(k_sql, k_and_an_index);
  const PgBouncer bouncer(project.db(), k_servers);
  const auto result = project.start({"ensure"}, bouncer.url()).wait();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "items.note added successfully"));
  EXPECT_TRUE(contains_in_order(result.out, {"items.items_name", "CONCURRENTLY", "pooler",
                                             "hint: give the direct connection"}));
  EXPECT_EQ(left_behind(bouncer), "");
  EXPECT_EQ(project.leftovers(), "");
  EXPECT_EQ(project.ensure().exit_code, 0);
}

TEST_F(ThroughPgBouncer, SeveralAtOnceDoEachThingOnce) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), k_servers);
  std::deque<subprocess::Process> all;
  for (int i = 0; i < 4; ++i) all.push_back(project.start({"ensure"}, bouncer.url()));
  for (auto& one : all) {
    const auto result = one.wait();
    EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  }
  EXPECT_EQ(left_behind(bouncer), "");
}

// A lock of the session's would stay with the server's session, and shut out everybody after it.
TEST_F(ThroughPgBouncer, OneThatIsKilledLeavesNoLock) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), k_servers);
  Holder reader(project.db());
  reader.begin("SELECT count(*) FROM items");
  auto ensure = project.start({"ensure"}, bouncer.url());
  ASSERT_TRUE(eventually([&] {
    return project.db().value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == "1";
  }));
  ensure.send(SIGKILL);
  ensure.wait();
  reader.end();
  EXPECT_TRUE(eventually([&] {
    return project.db().value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == "0";
  }));
  EXPECT_EQ(project.start({"ensure"}, bouncer.url()).wait().exit_code, 0);
  EXPECT_EQ(left_behind(bouncer), "");
}

// And one that repairs directly is seen by those that come through the pooler.
TEST_F(ThroughPgBouncer, TheLockIsTheSameAsWithout) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), k_servers);
  Holder other(project.db());
  other.query(k_take_advisory_lock);
  auto ensure = project.start({"ensure"}, bouncer.url());
  EXPECT_TRUE(wait_for_output(ensure, "waiting for another pgmend"));
  other.query("SELECT pg_advisory_unlock_all()");
  EXPECT_EQ(ensure.wait().exit_code, 0);
}

/// `migrate` around a command that does nothing, by a URL.
RunResult migrate(const Project& project, const std::string& url,
                  const std::vector<std::string>& further = {}) {
  std::vector<std::string> args = {"migrate"};
  args.insert(args.end(), further.begin(), further.end());
  args.insert(args.end(), {"--", "true"});
  return project.start(args, url).wait();
}

class InMode : public ThroughPgBouncer, public testing::WithParamInterface<const char*> {};

// Its lock is one of a second connection's transaction: it is not to be taken a second time.
TEST_P(InMode, MigrateRepairsUnderTheLockThatItHas) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), k_servers, GetParam());
  const auto result = migrate(project, bouncer.url());
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(contains_not(result.err, "waiting for another pgmend"));
  EXPECT_EQ(left_behind(bouncer), "");
  EXPECT_EQ(project.verify().exit_code, 0);
}

TEST_P(InMode, MigrateWaitsForAnotherOnlyAsLongAsItIsToldTo) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), k_servers, GetParam());
  Holder other(project.db());
  other.query(k_take_advisory_lock);
  const auto result = migrate(project, bouncer.url(), {"--patience", "1s"});
  EXPECT_EQ(result.exit_code, 5) << testing::PrintToString(result);
  EXPECT_TRUE(contains(in_one_line(result.out), "Another pgmend is still at work"));
}

TEST_P(InMode, APoolOfOneIsToldSoon) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), 1, GetParam());
  for (const auto& result :
       {project.start({"ensure"}, bouncer.url()).wait(), migrate(project, bouncer.url())}) {
    EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
    EXPECT_TRUE(contains_in_order(in_one_line(result.out + result.err),
                                  {"the pooler gave no second connection", "hint: ", "pool_size"}));
  }
  EXPECT_EQ(project.start({"verify"}, bouncer.url()).wait().exit_code, 1);
}

INSTANTIATE_TEST_SUITE_P(Modes, InMode, testing::Values("transaction", "session"));

TEST_F(ThroughPgBouncer, TwoConnectionsAreEnough) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), 2);
  const auto result = migrate(project, bouncer.url());
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
}

TEST_F(ThroughPgBouncer, StatementPoolingIsToldForWhatItIs) {
  const Project project(k_sql, k_columns);
  const PgBouncer bouncer(project.db(), k_servers, "statement");
  for (const auto& args : std::vector<std::vector<std::string>>{
           {"verify"}, {"ensure"}, {"snapshot"}, {"migrate", "--", "true"}}) {
    const auto result = project.start(args, bouncer.url()).wait();
    EXPECT_EQ(result.exit_code, 3) << testing::PrintToString(result);
    EXPECT_TRUE(contains_in_order(in_one_line(result.err),
                                  {"transaction blocks not allowed in statement pooling",
                                   "hint: pgmend needs transactions", "pool_mode"}));
  }
}

}  // namespace pgmend::test
