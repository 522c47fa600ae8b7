// SPDX-License-Identifier: MIT
// Several runs at once: each thing is done once, by one of them.
#include <gtest/gtest.h>

#include <deque>
#include <optional>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

/// Notes all that is created or altered, temporary objects left out.
constexpr const char* k_witness = R"sql(
CREATE SCHEMA witness;
CREATE TABLE witness.seen (what text);
CREATE FUNCTION witness.note() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO witness.seen
  SELECT command_tag || ' ' || object_identity FROM pg_event_trigger_ddl_commands()
  WHERE schema_name NOT LIKE 'pg\_%';
END $$;
CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION witness.note();
)sql";

constexpr const char* k_seen = "SELECT string_agg(what, E'\n' ORDER BY what) FROM witness.seen";

std::size_t log_size() {
  return shared_server().log_text().size();
}

/// What a single run does to a Damaged.
std::string seen_alone() {
  const Damaged project;
  project.db().exec(k_witness);
  EXPECT_EQ(project.ensure().exit_code, 0);
  return project.db().value(k_seen);
}

void expect_done_once(int runs) {
  const Damaged project;
  project.db().exec(k_witness);
  const auto log_before = log_size();
  std::deque<subprocess::Process> all;
  for (int i = 0; i < runs; ++i) all.push_back(project.start({"ensure"}));
  for (auto& one : all) {
    const auto result = one.wait();
    EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  }
  EXPECT_EQ(project.db().value(k_seen), seen_alone());
  EXPECT_TRUE(contains_not(shared_server().log_text().substr(log_before), "deadlock detected"));
  EXPECT_EQ(project.leftovers(), "");
  project.db().exec("DROP EVENT TRIGGER note; DROP SCHEMA witness CASCADE");
  EXPECT_EQ(project.shape(), Damaged::mended_shape());
}

}  // namespace

TEST(ConcurrentRuns, TwoDoEachThingOnce) {
  expect_done_once(2);
}

TEST(ConcurrentRuns, FiftyDoEachThingOnce) {
  expect_done_once(50);
}

// The second run sees nothing but an index under construction, and has to find out by whom.
TEST(ConcurrentRuns, OneThatComesDuringABuildWaitsForIt) {
  const Project project("CREATE TABLE items (id bigint, name text); INSERT INTO items VALUES (1);",
                        "tables:\n  items:\n    indexes: {items_name: (name)}\n");
  auto old = old_snapshot(project.db());
  auto first = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] {
    return project.sessions("query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock'") > 0;
  }));
  auto second = project.start({"ensure"});
  EXPECT_TRUE(eventually([&] { return project.sessions() == 2; }));
  EXPECT_FALSE(second.wait_for(std::chrono::milliseconds(1000)))
      << testing::PrintToString(second.outcome());
  old.end();
  EXPECT_EQ(first.wait().exit_code, 0);
  const auto result = second.wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
}

// What the waiting run saw as missing is INVALID by the time it gets the lock.
TEST(ConcurrentRuns, OneThatWaitsFinishesForOneThatIsKilled) {
  const Project project("CREATE TABLE items (id bigint, name text); INSERT INTO items VALUES (1);",
                        "tables:\n  items:\n    indexes: {items_name: (name)}\n");
  auto old = old_snapshot(project.db());
  auto lock = std::make_optional<Holder>(project.db(), "another pgmend");
  lock->query(k_take_advisory_lock);
  auto waiting = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] {
    return project.sessions("state = 'idle' AND query LIKE '%pid%pg_locks%advisory%'") > 0;
  }));
  project.db().exec(
      "CREATE INDEX items_name ON items (name);"
      "UPDATE pg_index SET indisvalid = false "
      "WHERE indexrelid = 'items_name'::regclass");
  lock.reset();
  old.end();
  const auto result = waiting.wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.leftovers(), "");
}

}  // namespace pgmend::test
