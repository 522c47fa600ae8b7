// SPDX-License-Identifier: MIT
// What the rows have against a repair is looked for before anything is built, and told with a
// count, a few keys, and the query that finds them all.
#include <gtest/gtest.h>

#include "fault/project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_sql =
    "CREATE TABLE users (id bigint PRIMARY KEY);"
    "INSERT INTO users SELECT generate_series(1, 10);"
    "CREATE TABLE items (id bigint PRIMARY KEY, user_id bigint, name text, price numeric);"
    "INSERT INTO items SELECT i, i % 10 + 1, 'item ' || i, i FROM generate_series(1, 100) AS i;";

/// Expects that the repair is refused with these words in order, and that nothing changed.
void expect_refused(const std::string& damage, const std::string& yaml,
                    const std::vector<std::string>& words) {
  const Project project(k_sql + damage, "tables:\n  items:\n    " + yaml);
  const auto before = project.db().fingerprint();
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(in_one_line(result.out), words)) << result.out;
  EXPECT_EQ(project.db().fingerprint(), before);
}

}  // namespace

TEST(Evidence, DuplicatesBeforeAUniqueConstraint) {
  expect_refused("UPDATE items SET name = 'twin' WHERE id IN (3, 4, 5)",
                 "constraints: {items_name_key: UNIQUE (name)}",
                 {"1 key(s) stand in more than one row", "name=twin in 3 rows", "hint:", "SELECT",
                  "GROUP BY"});
}

TEST(Evidence, NullsAreDuplicatesWhereTheyAreNotDistinct) {
  if (shared_server().version_major() < 15) GTEST_SKIP() << "NULLS NOT DISTINCT came with 15";
  expect_refused("UPDATE items SET name = NULL WHERE id IN (3, 4)",
                 "indexes: {items_name: UNIQUE (name) NULLS NOT DISTINCT}",
                 {"1 key(s) stand in more than one row", "NULL in 2 rows"});
}

TEST(Evidence, OrphansBeforeAForeignKey) {
  expect_refused("UPDATE items SET user_id = 99 WHERE id IN (7, 8)",
                 "constraints: {items_user_fk: FOREIGN KEY (user_id) REFERENCES users (id)}",
                 {"2 row(s) point to a row that does not exist", "such as id=7; id=8",
                  "hint:", "SELECT child.*"});
}

TEST(Evidence, RowsThatViolateACheck) {
  expect_refused("UPDATE items SET price = -1 WHERE id = 42",
                 "constraints: {items_price: CHECK (price > 0)}",
                 {"1 row(s) violate it", "id=42", "hint:", "SELECT *"});
}

TEST(Evidence, NullsBeforeNotNull) {
  expect_refused("UPDATE items SET name = NULL WHERE id > 90", "columns: {name: text NOT NULL}",
                 {"10 row(s) hold NULL", "id=91; id=92; id=93", "hint:", "backfill"});
}

TEST(Evidence, NullsBeforeAPrimaryKey) {
  const Project project(
      "CREATE TABLE logs (id bigint, word text); INSERT INTO logs VALUES (1, 'a'), (NULL, 'b')",
      "tables:\n  logs:\n    constraints: {logs_pkey: PRIMARY KEY (id)}\n");
  const auto before = project.db().fingerprint();
  const auto result = project.ensure();
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(in_one_line(result.out), {"1 row(s) hold NULL", "ctid=(0,2)"}))
      << result.out;
  EXPECT_EQ(project.db().fingerprint(), before);
}

/// Its owner obeys its policy, too, and sees half of the rows.
class HiddenRows : public testing::Test {
 protected:
  RunResult ensure() const {
    const Role owner(m_project.db());
    m_project.db().exec("ALTER TABLE items OWNER TO " + owner.name() +
                        "; GRANT CREATE ON SCHEMA public TO " + owner.name());
    auto run = m_project.start({"ensure"}, m_project.db().url(owner.name()));
    return run.wait();
  }

  Project m_project{std::string(k_sql) +
                        "ALTER TABLE items ENABLE ROW LEVEL SECURITY;"
                        "ALTER TABLE items FORCE ROW LEVEL SECURITY;"
                        "CREATE POLICY upper_half ON items USING (id > 50)",
                    "tables:\n  items:\n    indexes: {items_name: UNIQUE (name)}\n"
                    "    columns: {name: text NOT NULL}\n"
                    "    constraints: {items_check: CHECK (name <> '')}\n"};
};

TEST_F(HiddenRows, AreNotTakenForNone) {
  m_project.db().exec("UPDATE items SET name = 'twin' WHERE id IN (3, 4)");
  const auto result = ensure();
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_TRUE(contains(in_one_line(result.out), "could not create unique index")) << result.out;
  EXPECT_EQ(m_project.db().value("SELECT to_regclass('items_name')"), "");
}

// What cannot be looked at beforehand, the server looks at itself.
TEST_F(HiddenRows, KeepNothingFromBeingRepaired) {
  const auto result = ensure();
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "Schema fixed - 3 item(s) added")) << result.out;
}

}  // namespace pgmend::test
