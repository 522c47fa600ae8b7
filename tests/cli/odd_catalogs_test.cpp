// SPDX-License-Identifier: MIT
// Catalogs that are large, that change while they are read, or that hold what cannot be reloaded.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class OddCatalogs : public CliTest {
 protected:
  RunResult verify() const { return run({"verify", "-s", "schema.lock"}); }
  void snapshot() const {
    const auto made = run({"snapshot", "-o", "schema.lock"});
    ASSERT_EQ(exit_correct, made.exit_code) << made.err;
  }
  RunResult verify_after_snapshot() const {
    snapshot();
    return verify();
  }
};

/// Creates and drops one of many kinds, over and over, until it is told to stop.
class Churn {
 public:
  explicit Churn(const Database& database)
      : m_thread([this, connection = database.connect()]() mutable {
          while (!m_stop) {
            for (const char* statement : k_statements) connection.query(statement);
            ++m_rounds;
          }
        }) {}
  ~Churn() {
    m_stop = true;
    m_thread.join();
  }
  Churn(const Churn&) = delete;
  Churn& operator=(const Churn&) = delete;
  int rounds() const { return m_rounds; }

 private:
  static constexpr const char* k_statements[] = {
      "CREATE TYPE churn_type AS ENUM ('a', 'b')",
      "CREATE FUNCTION churn_function(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1'",
      "CREATE TABLE churn (id int PRIMARY KEY, kind churn_type DEFAULT 'a',"
      " n int CHECK (churn_function(n) > 0))",
      "CREATE INDEX churn_index ON churn (churn_function(n)) WHERE id > 0",
      "CREATE VIEW churn_view AS SELECT id, kind FROM churn",
      "ALTER TABLE churn ADD COLUMN late text",
      "COMMENT ON VIEW churn_view IS 'soon gone'",
      "DROP VIEW churn_view",
      "ALTER TABLE churn DROP COLUMN n",
      "DROP TABLE churn",
      "DROP FUNCTION churn_function(int)",
      "DROP TYPE churn_type",
  };

  std::atomic<bool> m_stop = false;
  std::atomic<int> m_rounds = 0;
  std::thread m_thread;
};

/// To plan any query of the table, the server looks into the function that its index calls.
TEST_F(OddCatalogs, ATableThatNoQueryCanBePlannedOfLeavesTheRest) {
  db().exec(
      "CREATE FUNCTION public.low(t text) RETURNS text LANGUAGE sql IMMUTABLE AS "
      "'SELECT pg_catalog.lower(t)';"
      "CREATE FUNCTION key_of(t text) RETURNS text LANGUAGE sql IMMUTABLE AS "
      "'SELECT public.low(t)';"
      "CREATE TABLE person (id serial PRIMARY KEY, name text);"
      "CREATE INDEX person_key ON person (key_of(name));"
      "CREATE TABLE s (id serial PRIMARY KEY); INSERT INTO s VALUES (3)");
  EXPECT_TRUE(contains(verify_after_snapshot().out, "s.id broken"));
  db().exec("SELECT setval('s_id_seq', 3)");
  EXPECT_EQ(exit_correct, verify().exit_code);
  db().exec("DROP FUNCTION low(text)");
  const auto found = verify();
  EXPECT_EQ(exit_drift, found.exit_code) << found.err;
  EXPECT_TRUE(contains(found.out, "low(text)")) << found.out;
  EXPECT_EQ(exit_correct, run({"snapshot", "-o", "broken.lock"}).exit_code);
  EXPECT_EQ(exit_correct, run({"ensure", "-s", "schema.lock"}).exit_code);
  EXPECT_EQ(exit_correct, verify().exit_code);
}

TEST_F(OddCatalogs, WhatChangesMeanwhileDoesNotDisturb) {
  snapshot();
  const Churn churn(db());
  for (int i = 0; i < 10; ++i) {
    const auto before = churn.rounds();
    const auto result = verify();
    EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
    EXPECT_LT(before, churn.rounds()) << "nothing changed meanwhile";
  }
}

TEST_F(OddCatalogs, TemporaryObjectsOfOthersDoNotCount) {
  snapshot();
  auto other = db().connect();
  for (const char* statement :
       {"CREATE TEMP TABLE api_keys (id bigint PRIMARY KEY)", "CREATE TEMP VIEW v AS SELECT 1 AS x",
        "CREATE TEMP SEQUENCE s", "CREATE TYPE pg_temp.t AS ENUM ('a')",
        "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'"})
    other.query(statement);
  const auto result = verify();
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains_not(result.out, "temp"));
  EXPECT_TRUE(contains_not(result.out, "extra"));
}

TEST_F(OddCatalogs, WhatCannotBeReloadedCanBeCompared) {
  db().exec(
      "SET check_function_bodies = off;"
      "CREATE FUNCTION lost() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM gone';"
      "CREATE FUNCTION fails(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';"
      "CREATE INDEX ix_fails ON users (fails(id));"
      "CREATE OR REPLACE FUNCTION fails(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS "
      "'BEGIN RAISE EXCEPTION ''no''; END';"
      "CREATE RECURSIVE VIEW counted (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counted "
      "WHERE n < 9;"
      "CREATE TABLE wide (a int, b int, c text); ALTER TABLE wide DROP COLUMN b");
  snapshot();
  EXPECT_EQ(exit_correct, verify().exit_code);
  db().exec("DROP VIEW counted; DROP FUNCTION lost(); ALTER TABLE wide DROP COLUMN c");
  EXPECT_EQ(exit_drift, verify().exit_code);
  EXPECT_EQ(exit_correct, run({"ensure", "-s", "schema.lock"}).exit_code);
  EXPECT_EQ(exit_correct, verify().exit_code);
}

TEST_F(OddCatalogs, TenThousandObjects) {
  db().exec(
      "DO $$ BEGIN FOR i IN 1..2000 LOOP EXECUTE format("
      "'CREATE TABLE many_%s (id int PRIMARY KEY, name text, at timestamptz DEFAULT now())', i);"
      "END LOOP; END $$");
  snapshot();
  EXPECT_EQ(exit_correct, verify().exit_code);
  db().exec("ALTER TABLE many_1234 DROP COLUMN at");
  const auto result = verify();
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains(result.out, "many_1234.at missing"));
}

}  // namespace
}  // namespace pgmend::test
