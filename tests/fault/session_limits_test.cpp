// SPDX-License-Identifier: MIT
// Limits that a role or a database sets for its sessions are not meant for repairs.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_sql = R"sql(
CREATE TABLE items (id bigint PRIMARY KEY, name text);
INSERT INTO items SELECT i, 'item ' || i FROM generate_series(1, 60000) AS i;
CREATE FUNCTION slow(bigint) RETURNS bigint IMMUTABLE LANGUAGE plpgsql
  AS $$ BEGIN PERFORM pg_sleep(CASE WHEN $1 % 5000 = 0 THEN 0.05 ELSE 0 END); RETURN $1; END $$;
)sql";
constexpr const char* k_yaml = R"(
tables:
  items:
    columns:
      number: {definition: bigint NOT NULL, backfill: slow(id)}
    indexes:
      items_slow: (slow(id))
)";

void set_for_database(const Project& project, const std::string& setting) {
  project.db().exec(fmt::format("ALTER DATABASE {} SET {}", project.db().name(), setting));
}

}  // namespace

TEST(SessionLimits, ASmallStatementTimeoutDoesNotStopBuildsAndBackfills) {
  const Project project(k_sql, k_yaml);
  set_for_database(project, "statement_timeout = '150ms'");
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  set_for_database(project, "statement_timeout = 0");
  EXPECT_EQ(project.db().value("SELECT count(*) FROM items WHERE number = id"), "60000");
}

TEST(SessionLimits, ASmallLockTimeoutDoesNotStopABuildThatHasToWait) {
  const Project project(k_sql, k_yaml);
  set_for_database(project, "lock_timeout = '20ms'");
  auto old = old_snapshot(project.db());
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually(
      [&] {
        return project.sessions(
                   "query LIKE 'CREATE INDEX%' AND wait_event_type = 'Lock' "
                   "AND query_start < now() - interval '100 ms'") > 0;
      },
      std::chrono::seconds(60)))
      << testing::PrintToString(project.leftovers());
  old.end();
  const auto result = ensure.wait();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_EQ(project.leftovers(), "");
}

TEST(SessionLimits, AnIdleLimitDoesNotCutItOffWhileItWaits) {
  const Project project(k_sql, "tables:\n  items:\n    columns: {note: text}\n");
  set_for_database(project, "idle_in_transaction_session_timeout = '400ms'");
  Holder reader(project.db());
  reader.query("SET idle_in_transaction_session_timeout = 0");
  reader.begin("SELECT count(*) FROM items");
  auto ensure = project.start({"ensure"});
  ASSERT_TRUE(eventually([&] { return project.waits_for_lock(); }));
  EXPECT_FALSE(ensure.wait_for(std::chrono::milliseconds(1500)));
  reader.end();
  EXPECT_EQ(ensure.wait().exit_code, 0);
}

}  // namespace pgmend::test
