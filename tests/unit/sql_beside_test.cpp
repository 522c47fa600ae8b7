// SPDX-License-Identifier: MIT
// What of a script can be made side by side, by two sessions.
#include "source/sql_beside.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "source/sql_files.hpp"

namespace pgmend::test {

namespace {

std::vector<source::ScriptItem> items(const std::string& sql) {
  return source::read_sql_text(sql, "schema.sql").items;
}

bool only_adds(const std::string& sql) {
  return source::only_adds(items(sql).front());
}

/// Whether two statements may be in different halves: with others that fill these.
bool stand_alone(const std::string& one, const std::string& other) {
  const auto statements = items(one + ";\n" + other + ";");
  return source::in_halves(statements).has_value();
}

}  // namespace

TEST(SqlBeside, WhatOnlyAddsIsToldByItsWords) {
  for (const auto* sql :
       {"CREATE TABLE a (id int)", "CREATE UNLOGGED TABLE IF NOT EXISTS s.a ()",
        "CREATE UNIQUE INDEX i ON ONLY a (id)", "CREATE INDEX ON a (id)",
        "ALTER TABLE ONLY a ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES b ON DELETE SET NULL",
        "ALTER TABLE a ALTER COLUMN id SET DEFAULT nextval('s')", "CREATE VIEW v AS SELECT 1",
        "CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE TYPE t AS ENUM ('a')",
        "CREATE TRIGGER t BEFORE UPDATE OF id ON a FOR EACH ROW EXECUTE FUNCTION f()",
        "COMMENT ON COLUMN s.a.id IS 'x'", "ALTER TABLE a OWNER TO app"})
    EXPECT_TRUE(only_adds(sql)) << sql;
  for (const auto* sql :
       {"DROP TABLE a", "ALTER TABLE a DROP COLUMN b", "ALTER TABLE a ADD c int, DROP COLUMN b",
        "ALTER TABLE a RENAME TO b", "CREATE TABLE a AS SELECT 1", "CREATE TEMP TABLE a ()",
        "CREATE INDEX CONCURRENTLY i ON a (id)", "CREATE MATERIALIZED VIEW m AS SELECT 1",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE EXTENSION citext",
        "CREATE TABLE \"with space\" ()", "CREATE TABLE U&\"d\\0061ta\" ()", "DO 'BEGIN END'",
        "SELECT 1", "ALTER TYPE t ADD VALUE 'b'", "GRANT SELECT ON a TO b"})
    EXPECT_FALSE(only_adds(sql)) << sql;
}

TEST(SqlBeside, WhatNamesTheSameIsNotTornApart) {
  EXPECT_TRUE(stand_alone("CREATE TABLE a (id int)", "CREATE TABLE b (id int)"));
  EXPECT_TRUE(stand_alone("CREATE INDEX ON a (id)", "CREATE INDEX ON b (id)"));
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"CREATE TABLE a (id int)", "CREATE INDEX ON a (id)"},
           {"CREATE TABLE a (id int)", "CREATE INDEX i ON s.A (id)"},
           {"CREATE TABLE a (id int)", "CREATE TABLE b (id int REFERENCES a)"},
           {"ALTER TABLE a ADD FOREIGN KEY (c) REFERENCES s.c", "CREATE INDEX ON c (id)"},
           {"ALTER TABLE a ADD FOREIGN KEY (c) REFERENCES c",
            "ALTER TABLE b ADD FOREIGN KEY (c) REFERENCES c"},
           {"CREATE TYPE mood AS ENUM ('x')", "CREATE TABLE b (m mood[])"},
           {"CREATE SEQUENCE s", "ALTER TABLE b ALTER c SET DEFAULT nextval('public.s'::regclass)"},
           {"CREATE TABLE a (id int)", "CREATE VIEW v AS SELECT * FROM a"},
           // Names that the server makes: both would like to be a_b_c_seq.
           {"CREATE TABLE a (b_c serial)", "CREATE TABLE a_b (c serial)"},
           {"CREATE TABLE a (id serial)", "ALTER TABLE b ALTER c SET DEFAULT nextval('a_id_seq')"},
           {"CREATE TABLE a_name_that_is_much_too_long_for_what_is_behind_it (id serial)",
            "CREATE INDEX a_name_that_is_much_too_long_for_what_is_be_id_seq ON b (id)"},
           {"COMMENT ON COLUMN s.a.id IS 'x'", "CREATE INDEX ON a (id)"}}) {
    EXPECT_FALSE(stand_alone(one, other)) << one << "; " << other;
    EXPECT_FALSE(stand_alone(other, one)) << other << "; " << one;
  }
}

TEST(SqlBeside, HalvesKeepTheirOrderAndAreEven) {
  std::string sql;
  for (int i = 0; i < 50; ++i)
    sql += "CREATE TABLE t" + std::to_string(i) + " (id int);CREATE INDEX ON t" +
           std::to_string(i) + " (id);";
  const auto statements = items(sql);
  const auto halves = source::in_halves(statements);
  ASSERT_TRUE(halves);
  EXPECT_EQ(50U, halves->first.size());
  EXPECT_EQ(50U, halves->second.size());
  EXPECT_TRUE(std::is_sorted(halves->first.begin(), halves->first.end()));
  EXPECT_TRUE(std::is_sorted(halves->second.begin(), halves->second.end()));
}

TEST(SqlBeside, WhatNoNameTellsKeepsAllInOrder) {
  EXPECT_FALSE(source::hangs_together(items("CREATE TABLE a (); CREATE TABLE b ();")));
  for (const auto* sql :
       {"CREATE TEMP TABLE a ();", "CREATE TABLE b () INHERITS (a);",
        "CREATE TABLE a (id int) PARTITION BY LIST (id);", "SET SESSION AUTHORIZATION app;",
        "DO $$ BEGIN CREATE TEMPORARY TABLE x (); END $$;"})
    EXPECT_TRUE(source::hangs_together(items(sql))) << sql;
}

}  // namespace pgmend::test
