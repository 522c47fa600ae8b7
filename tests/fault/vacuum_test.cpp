// SPDX-License-Identifier: MIT
// A vacuum against wraparound does not make room for anybody, as other autovacuums do.
#include <gtest/gtest.h>

#include "fault/project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

/// Slow enough to be met, and ended by taking the brake away.
constexpr const char* k_sql = R"sql(
CREATE TABLE items (id bigint, name text) WITH (fillfactor = 10,
  autovacuum_freeze_max_age = 100000, autovacuum_vacuum_cost_delay = 100,
  autovacuum_vacuum_cost_limit = 1, autovacuum_enabled = false);
INSERT INTO items SELECT i, repeat('x', 500) FROM generate_series(1, 1000) AS i;
CREATE PROCEDURE age() LANGUAGE plpgsql AS $$ BEGIN
  FOR i IN 1..110000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$;
)sql";

}  // namespace

TEST(Vacuum, AgainstWraparoundIsNamedAndLeftAlone) {
  auto options = server_options();
  options.settings.emplace_back("autovacuum", "on");
  options.settings.emplace_back("autovacuum_naptime", "1s");
  PrivateServer server(options);
  const Project project(k_sql, "tables:\n  items:\n    columns: {note: text}\n", server);
  project.db().exec("CALL age()");
  const auto vacuums = [&] {
    return project.db().value(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'autovacuum:%items%wraparound%'");
  };
  ASSERT_TRUE(eventually([&] { return vacuums() == "1"; }, std::chrono::seconds(60)));
  const auto result = project.run({"ensure", "--patience", "1"});
  EXPECT_EQ(result.exit_code, 5) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(
      in_one_line(result.out),
      {"items.note not repaired", "autovacuum: VACUUM", "(to prevent wraparound)"}))
      << result.out;
  EXPECT_EQ(vacuums(), "1") << "it was ended";
  EXPECT_EQ(project.verify().exit_code, 1) << "which does not wait for it";
}

}  // namespace pgmend::test
