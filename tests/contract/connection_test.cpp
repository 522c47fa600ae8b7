// SPDX-License-Identifier: MIT
#include "pg/connection.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "pg/transaction.hpp"
#include "support/database.hpp"

namespace pgmend::test {

namespace {

class QueryAll : public testing::Test {
 protected:
  /// What was taken, "number=value" each.
  std::vector<std::string> taken(const std::vector<pg::Statement>& statements) {
    std::vector<std::string> all;
    m_connection.query_all(statements, [&](std::size_t number, const pg::Result& result) {
      all.push_back(std::to_string(number) + "=" + std::string(result.get(0, 0)));
    });
    return all;
  }

  std::string value(const std::string& sql) { return m_connection.query(sql).str(0, "value"); }

  Database m_database;
  pg::Connection m_connection = m_database.connect();
};

TEST_F(QueryAll, GivesEachAnswerInTurn) {
  EXPECT_EQ(taken({{"SELECT 'a'"}, {"SELECT $1::text", {"b"}}, {"SELECT 'c'"}}),
            (std::vector<std::string>{"0=a", "1=b", "2=c"}));
  EXPECT_EQ(taken({}), std::vector<std::string>());
  EXPECT_EQ(value("SELECT 'after' AS value"), "after");
}

TEST_F(QueryAll, TakesMoreThanAnyBufferHolds) {
  const std::string large(1'000'000, 'x');
  const std::vector<pg::Statement> statements(20, {"SELECT $1::text", {large}});
  std::size_t bytes = 0;
  m_connection.query_all(
      statements, [&](std::size_t, const pg::Result& result) { bytes += result.get(0, 0).size(); });
  EXPECT_EQ(bytes, 20 * large.size());
}

TEST_F(QueryAll, EndsWithTheFirstThatFails) {
  m_database.exec("CREATE TABLE done (value text)");
  std::size_t answers = 0;
  try {
    m_connection.query_all(std::vector<pg::Statement>{{"INSERT INTO done VALUES ('before')"},
                                                      {"SELECT 1 / 0"},
                                                      {"INSERT INTO done VALUES ('behind')"}},
                           [&](std::size_t, const pg::Result&) { ++answers; });
    ADD_FAILURE() << "did not fail";
  } catch (const pg::Error& error) {
    EXPECT_EQ(error.sqlstate(), "22012");
    EXPECT_EQ(error.parts().query, "SELECT 1 / 0");
  }
  EXPECT_EQ(answers, 1);
  EXPECT_FALSE(m_connection.in_transaction());
  EXPECT_EQ(value("SELECT count(*) AS value FROM done"), "0");  // all or nothing
}

TEST_F(QueryAll, LeavesTheConnectionUsableWhateverTakeThrows) {
  EXPECT_THROW(m_connection.query_all(
                   std::vector<pg::Statement>{{"SELECT 'a'"}, {"SELECT 'b'"}, {"SELECT 'c'"}},
                   [](std::size_t, const pg::Result&) { throw std::logic_error("no"); }),
               std::logic_error);
  EXPECT_EQ(value("SELECT 'after' AS value"), "after");
}

TEST_F(QueryAll, SaysThatTheConnectionIsLost) {
  const auto end = "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())";
  EXPECT_THROW(taken({{"SELECT 'a'"}, {end}, {"SELECT 'c'"}}), pg::ConnectionError);
  EXPECT_FALSE(m_connection.is_alive());
}

class CopyAll : public QueryAll {
 protected:
  /// What was taken, "number=row" each.
  std::vector<std::string> copied(const std::vector<std::string>& statements) {
    m_all.clear();
    m_connection.copy_all(statements, [this](std::size_t number, std::string_view row) {
      m_all.push_back(std::to_string(number) + "=" + std::string(row));
    });
    return m_all;
  }

  std::vector<std::string> m_all;
};

TEST_F(CopyAll, GivesOneRowAfterTheOther) {
  EXPECT_EQ(copied({"COPY (SELECT pg_catalog.generate_series(1, 3)) TO STDOUT",
                    "COPY (SELECT 'b' WHERE false) TO STDOUT", "SET LOCAL work_mem = '1MB'",
                    "COPY (SELECT 'c', NULL, E'd\te') TO STDOUT"}),
            (std::vector<std::string>{"0=1", "0=2", "0=3", "3=c\t\\N\td\\te"}));
  EXPECT_EQ(value("SELECT 'after' AS value"), "after");
}

TEST_F(CopyAll, TakesMoreThanAnyBufferHolds) {
  constexpr std::size_t k_rows = 200000;
  std::size_t rows = 0;
  std::size_t bytes = 0;
  m_connection.copy_all(
      std::vector<std::string>{fmt::format(
          "COPY (SELECT repeat('x', 100) FROM generate_series(1, {})) TO STDOUT", k_rows)},
      [&](std::size_t, std::string_view row) {
        ++rows;
        bytes += row.size();
      });
  EXPECT_EQ(rows, k_rows);
  EXPECT_EQ(bytes, 100 * k_rows);
}

TEST_F(CopyAll, EndsWithTheFirstThatFails) {
  m_database.exec("CREATE TABLE done (value text)");
  const std::string fails =
      "COPY (SELECT 1 / (2 - i) FROM pg_catalog.generate_series(1, 3) AS i) TO STDOUT";
  try {
    copied({"INSERT INTO done VALUES ('before')", "COPY (SELECT 'a') TO STDOUT", fails,
            "INSERT INTO done VALUES ('behind')"});
    ADD_FAILURE() << "did not fail";
  } catch (const pg::Error& error) {
    EXPECT_EQ(error.sqlstate(), "22012");
    EXPECT_EQ(error.parts().query, fails);
  }
  EXPECT_EQ(m_all, (std::vector<std::string>{"1=a", "2=1"}));
  EXPECT_EQ(value("SELECT count(*) AS value FROM done"), "0");  // all or nothing
}

TEST_F(CopyAll, LeavesTheConnectionUsableWhateverTakeThrows) {
  EXPECT_THROW(
      m_connection.copy_all(
          std::vector<std::string>{"COPY (SELECT pg_catalog.generate_series(1, 10000)) TO STDOUT",
                                   "COPY (SELECT 'b') TO STDOUT"},
          [](std::size_t, std::string_view) { throw std::logic_error("no"); }),
      std::logic_error);
  EXPECT_EQ(value("SELECT 'after' AS value"), "after");
}

TEST_F(CopyAll, SaysThatTheConnectionIsLost) {
  EXPECT_THROW(copied({"COPY (SELECT 'a') TO STDOUT",
                       "COPY (SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())) "
                       "TO STDOUT",
                       "COPY (SELECT 'c') TO STDOUT"}),
               pg::ConnectionError);
  EXPECT_FALSE(m_connection.is_alive());
}

TEST_F(QueryAll, ATransactionHasItsOwnSettingsWhateverTheRoles) {
  m_database.exec("ALTER ROLE CURRENT_USER IN DATABASE " + m_database.name() +
                  " SET statement_timeout = '5s'");
  auto connection = m_database.connect();
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, {});
  const auto setting = [&](const std::string& name) {
    return connection.query("SELECT pg_catalog.current_setting('" + name + "') AS value")
        .str(0, "value");
  };
  EXPECT_EQ(setting("transaction_isolation"), "repeatable read");
  EXPECT_EQ(setting("transaction_read_only"), "on");
  EXPECT_EQ(setting("statement_timeout"), "0");
  EXPECT_EQ(setting("search_path"), "pg_catalog");
}

}  // namespace

}  // namespace pgmend::test
