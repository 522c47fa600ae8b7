// SPDX-License-Identifier: MIT
// Fifty tenants in all states that there are, in one verify.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>

#include "cli/fleet.hpp"

namespace pgmend::test {
namespace {

using testing::HasSubstr;

/// What was done to a tenant, and the state that it is then in. Those that are not named are as
/// they should be.
struct Damage {
  std::string sql;
  std::string state;
};

const std::map<std::string, Damage>& damages() {
  static const std::map<std::string, Damage> k_all = {
      {"t_31", {"ALTER TABLE users DROP mail CASCADE", "drift"}},
      {"t_32", {"DROP INDEX ix_orders_user", "drift"}},
      {"t_33", {"ALTER TABLE users ADD extra int", "correct"}},
      {"t_34", {"CREATE TABLE extra (id int)", "correct"}},
      {"t_35", {"DROP VIEW large; ALTER TABLE orders ALTER total TYPE float8", "drift"}},
      {"t_36",
       {"ALTER TABLE orders DROP CONSTRAINT orders_total_check;"
        "ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0) NOT VALID",
        "drift"}},
      {"t_37",
       {"UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_orders_user'::regclass",
        "drift"}},
      {"t_38", {"DROP SCHEMA t_38 CASCADE; CREATE SCHEMA t_38", "empty"}},
      {"t_39", {"DROP SCHEMA t_39 CASCADE", "absent"}},
      // The table lies: what a3 makes is there, and it says that a3 is still to come.
      {"t_40", {"UPDATE alembic_version SET version_num = 'a2'", "unclear"}},
      {"t_41",
       {"UPDATE alembic_version SET version_num = 'a2'; ALTER TABLE users DROP feels", "pending"}},
      // It lies the other way round.
      {"t_42", {"ALTER TABLE users DROP feels", "drift"}},
      {"t_43", {"UPDATE alembic_version SET version_num = 'zz'", "unclear"}},
      {"t_44", {"INSERT INTO alembic_version VALUES ('zz')", "unclear"}},
      {"t_45", {"DROP TABLE alembic_version", "unclear"}},
      {"t_47",
       {"ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;"
        "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES t_01.users",
        "drift"}},
      {"t_48", {"DROP TABLE users, orders CASCADE", "unclear"}},
      {"t_49", {"REVOKE SELECT ON alembic_version FROM PUBLIC", "unclear"}},
      {"t_50",
       {"DROP TABLE orders CASCADE; CREATE VIEW orders AS SELECT id, id AS user_id, "
        "1.0::numeric(10,2) AS total FROM users",
        "drift"}},
  };
  return k_all;
}

class FleetStates : public FleetTest {
 protected:
  FleetStates() : FleetTest(50) {
    lock_file();
    alembic_history();
    std::string sql =
        "DO $$ BEGIN FOR i IN 1..50 LOOP EXECUTE format("
        "'GRANT USAGE ON SCHEMA t_%s TO PUBLIC; GRANT SELECT ON t_%1$s.alembic_version TO PUBLIC',"
        "to_char(i, 'FM00')); END LOOP; END $$;";
    for (const auto& [schema, damage] : damages())
      sql += fmt::format("SET search_path = {}; {};", schema, damage.sql);
    db().exec(sql);
  }
};

TEST_F(FleetStates, AreAllToldInOneVerify) {
  auto holder = db().connect();
  holder.query("BEGIN");
  holder.query("LOCK TABLE t_46.users");
  const Role role(db());
  folder().write("fleet.json", "{}");
  FleetRun run{this->run({"fleet", "verify", "--schema", "schema.lock", "--schemas",
                          "SELECT 't_' || to_char(i, 'FM00') FROM generate_series(1, 50) AS i",
                          "--format", "text", "--format", "json=fleet.json"},
                         role.name()),
               nlohmann::json::parse(folder().read("fleet.json"))};
  EXPECT_EQ(exit_drift, run.result.exit_code) << run.result.out << run.result.err;
  std::map<std::string, int> counts;
  for (int i = 1; i <= 50; ++i) {
    const auto schema = fmt::format("t_{:02}", i);
    const auto found = damages().find(schema);
    const std::string state = schema == "t_46"           ? "unconfirmed"
                              : found == damages().end() ? "correct"
                                                         : found->second.state;
    EXPECT_EQ(state, run.state(schema)) << schema << ": " << run.member(schema)["message"];
    ++counts[state];
  }
  // What the role may not see of another session is left out.
  EXPECT_THAT(run.result.out, testing::Not(HasSubstr("insufficient")));
  for (const auto& [state, count] : counts) EXPECT_EQ(count, run.count(state)) << state;
}

}  // namespace
}  // namespace pgmend::test
