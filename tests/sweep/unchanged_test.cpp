// SPDX-License-Identifier: MIT
// Every single thing of a schema is taken away or changed: the catalogs' state must tell.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <set>
#include <thread>

#include "kinds/catalogs/catalog_state.hpp"
#include "kinds/kinds.hpp"
#include "mutations.hpp"
#include "pg/transaction.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {

namespace {

using kinds::CatalogState;

CatalogState state_of(pg::Connection& connection) {
  const auto result = connection.query(kinds::catalog_state_query(connection.server_major()));
  return {result.str(0, "server"), result.integer(0, "horizon"), result.integer(0, "newest"),
          result.str(0, "rows")};
}

class Unchanged : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    run_file(m_database, sweep_file(fmt::format("schemas/{}.sql", GetParam())));
    m_connection.query("SET client_min_messages = error");
    m_connection.query("SET allow_system_table_mods = on");
    m_before = state_of(m_connection);
  }

  /// Undone again, which leaves no trace that a reader sees.
  void expect_told(const Mutation& mutation) {
    SCOPED_TRACE(mutation.label + "\n  " + mutation.statement);
    m_connection.query("BEGIN");
    bool is_told = true;
    try {
      apply(m_connection, mutation);
      is_told = !state_of(m_connection).is_still(m_before);
      ++m_told;
    } catch (const pg::Error&) {
      ++m_refused;
    }
    m_connection.query("ROLLBACK");
    // Some set what is set already.
    if (!is_told && changes_the_schema(mutation)) ADD_FAILURE() << "no catalog tells";
  }

  bool changes_the_schema(const Mutation& mutation) const {
    const Database copy;
    run_file(copy, sweep_file(fmt::format("schemas/{}.sql", GetParam())));
    const auto before = schema_text(copy);
    apply(copy, mutation);
    return schema_text(copy) != before;
  }

  const Database& database() const { return m_database; }
  pg::Connection& connection() { return m_connection; }
  const CatalogState& before() const { return m_before; }
  int told() const { return m_told; }
  int refused() const { return m_refused; }

 private:
  Database m_database;
  pg::Connection m_connection = m_database.connect();
  CatalogState m_before;
  int m_told = 0;
  int m_refused = 0;
};

/// What rooms read of a database besides: names of roles, settings, what is going on.
bool is_told_otherwise(const std::string& name) {
  static const std::set<std::string> k_others = {
      "pg_roles",  "pg_auth_members",  "pg_database",
      "pg_locks",  "pg_stat_activity", "pg_stat_progress_create_index",
      "pg_catalog"};
  return k_others.contains(name);
}

}  // namespace

TEST_P(Unchanged, EveryChangeIsTold) {
  for (const auto& mutation : mutations(database())) expect_told(mutation);
  EXPECT_GT(told(), 100);
  fmt::print("{} changes were told, {} the server refused\n", told(), refused());
  EXPECT_TRUE(state_of(connection()).is_still(before())) << "what was undone is told, too";
}

INSTANTIATE_TEST_SUITE_P(Schemas, Unchanged, testing::Values("shop", "analytics", "tenants", "zoo"),
                         [](const auto& instance) { return std::string(instance.param); });

TEST(CatalogState, KnowsEveryCatalogThatARoomReads) {
  const Database database;
  auto connection = database.connect();
  const auto catalogs = kinds::catalogs_read();
  const auto tables = connection.query(
      "SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace "
      "AND relkind IN ('r', 'v')");
  for (int row = 0; row < tables.rows(); ++row) {
    const auto name = tables.str(row, "relname");
    if (std::find(catalogs.begin(), catalogs.end(), name) != catalogs.end()) continue;
    for (const auto* kind : kinds::all()) {
      const auto& query = kind->catalog_query;
      for (auto at = query.find("pg_catalog." + name); at != std::string_view::npos;
           at = query.find("pg_catalog." + name, at + 1)) {
        const auto next = query.substr(at + name.size() + 11, 1);
        const bool goes_on = next == "(" || next == "_" || (!next.empty() && std::isalnum(next[0]));
        EXPECT_TRUE(goes_on || is_told_otherwise(name)) << kind->name << " reads " << name;
      }
    }
  }
}

TEST(CatalogState, AnIndexThatIsMadeInvalidInPlaceIsTold) {
  const Database database;
  database.exec("CREATE TABLE t (a int); CREATE INDEX t_a ON t (a)");
  auto connection = database.connect();
  const auto before = state_of(connection);
  EXPECT_NE(before.rows.find("pg_index "), std::string::npos);
  database.exec("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_a'::regclass");
  const auto after = state_of(connection);
  EXPECT_NE(before.rows, after.rows) << "beside the new version of the row, the number of rows "
                                        "of invalid indexes is listed";
}

TEST(CatalogState, WhatNoDumpShowsIsTold) {
  const Database database;
  database.exec(
      "CREATE TABLE p (id serial PRIMARY KEY, u int UNIQUE DEFERRABLE);"
      "CREATE TABLE k (p int REFERENCES p); CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;"
      "CREATE TABLE r (a int NOT NULL) PARTITION BY RANGE (a);"
      "CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (0) TO (1)");
  for (const auto* change :
       {"ALTER TABLE k DISABLE TRIGGER ALL", "ALTER TABLE p DISABLE TRIGGER ALL",
        "REFRESH MATERIALIZED VIEW m WITH NO DATA", "ALTER SEQUENCE p_id_seq AS bigint",
        "ALTER TABLE ONLY r ADD PRIMARY KEY (a)"}) {
    auto connection = database.connect();
    const auto before = state_of(connection);
    database.exec(change);
    EXPECT_FALSE(state_of(connection).is_still(before)) << change;
  }
}

TEST(CatalogState, ACrashIsTold) {
  PrivateServer server(server_options());
  const Database database(server);
  std::string before;
  {
    auto connection = database.connect();
    before = state_of(connection).server;
    ASSERT_EQ(0, ::kill(connection.backend_pid(), SIGKILL));
    EXPECT_THROW(state_of(connection), pg::ConnectionError);
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::string after = before;
  while (after == before && std::chrono::steady_clock::now() < deadline) try {
      auto connection = database.connect();
      after = state_of(connection).server;
    } catch (const pg::ConnectionError&) {  // it recovers
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  EXPECT_NE(before, after);
}

TEST(CatalogState, WhatIsNotYetCommittedIsToldLater) {
  const Database database;
  database.exec("CREATE TABLE t (a int)");
  auto writer = database.connect();
  writer.query("BEGIN");
  writer.query("SAVEPOINT inner_one");
  writer.query("ALTER TABLE t ALTER a SET NOT NULL");
  writer.query("RELEASE inner_one");
  database.exec("CREATE TABLE later (a int)");  // its number is higher, and it ends before
  auto connection = database.connect();
  const auto before = state_of(connection);
  writer.query("COMMIT");
  EXPECT_FALSE(state_of(connection).is_still(before));
}

}  // namespace pgmend::test
