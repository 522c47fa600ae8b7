// SPDX-License-Identifier: MIT
// Index builds wait for every transaction that is older than they are: not for ever, and what they
// wait for is told.
#include <gtest/gtest.h>

#include <memory>

#include "fault/project.hpp"
#include "fault/session.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

namespace {

constexpr const char* k_sql =
    "CREATE TABLE items (id bigint PRIMARY KEY, name text);"
    "INSERT INTO items SELECT i, 'item ' || i FROM generate_series(1, 100) AS i;"
    "CREATE TABLE other (id bigint)";
constexpr const char* k_index = "tables:\n  items:\n    indexes: {items_name: (name)}\n";

}  // namespace

// It touched another table only: its snapshot is what the build waits for.
TEST(BuildWait, EndsAndNamesTheForgottenTransaction) {
  const Project project(k_sql, k_index);
  Holder forgotten(project.db(), "forgotten_console");
  forgotten.begin("SELECT count(*) FROM other", "REPEATABLE READ");
  const auto result = project.run({"ensure", "--build-wait", "1"});
  EXPECT_EQ(result.exit_code, 5) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(
      in_one_line(result.out),
      {"items_name not repaired: the build waited", "pid", std::to_string(forgotten.pid()),
       "forgotten_console", "idle in it for", "hint:", "pg_terminate_backend"}))
      << result.out;
  EXPECT_EQ(project.leftovers(), "");
  EXPECT_TRUE(eventually([&] { return project.sessions() == 0; }));
  forgotten.end();
  EXPECT_EQ(project.ensure().exit_code, 0);
}

TEST(BuildWait, NamesAPreparedTransaction) {
  auto options = server_options();
  options.settings.emplace_back("max_prepared_transactions", "5");
  PrivateServer server(options);
  const Project project(k_sql, k_index, server);
  const auto session = std::make_unique<Holder>(project.db());
  session->begin("INSERT INTO items VALUES (1000, 'new')");
  session->query("PREPARE TRANSACTION 'lost one'");
  const auto result = project.run({"ensure", "--build-wait", "1"});
  EXPECT_EQ(result.exit_code, 5) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(in_one_line(result.out),
                                {"the build waited", "prepared transaction 'lost one' of",
                                 "hint:", "ROLLBACK PREPARED 'lost one'"}))
      << result.out;
  // It holds a lock on the table itself: then nothing can be dropped either, and that is told.
  EXPECT_TRUE(contains(in_one_line(result.out), "something half-built is left")) << result.out;
  session->query("ROLLBACK PREPARED 'lost one'");
  EXPECT_EQ(project.ensure().exit_code, 0);
  EXPECT_EQ(project.leftovers(), "");
}

TEST(BuildTimeout, EndsABuildThatTakesTooLong) {
  const Project project(std::string(k_sql) +
                            "; CREATE FUNCTION slow(text) RETURNS text IMMUTABLE LANGUAGE plpgsql "
                            "AS $$ BEGIN PERFORM pg_catalog.pg_sleep(0.1); RETURN $1; END $$",
                        "tables:\n  items:\n    indexes: {items_slow: (slow(name))}\n");
  const auto result = project.run({"ensure", "--build-timeout", "1"});
  EXPECT_EQ(result.exit_code, 5) << testing::PrintToString(result);
  EXPECT_TRUE(contains_in_order(
      in_one_line(result.out),
      {"items_slow not repaired: it was not done within 1 s", "hint:", "--build-timeout"}))
      << result.out;
  EXPECT_EQ(project.leftovers(), "");
}

// A check of all rows has a deadline of its own too, and what it leaves is nothing.
TEST(BuildTimeout, EndsAValidationThatTakesTooLong) {
  const Project project(std::string(k_sql) +
                            "; CREATE FUNCTION slow(text) RETURNS bool IMMUTABLE LANGUAGE plpgsql "
                            "AS $$ BEGIN PERFORM pg_catalog.pg_sleep(0.1); RETURN true; END $$",
                        "tables:\n  items:\n    constraints: {items_slow: CHECK (slow(name))}\n");
  const auto result = project.run({"ensure", "--build-timeout", "1"});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_TRUE(contains(in_one_line(result.out), "--build-timeout")) << result.out << result.err;
  EXPECT_EQ(project.db().value("SELECT count(*) FROM pg_constraint WHERE conname = 'items_slow'"),
            "0");
  EXPECT_TRUE(eventually([&] { return project.sessions() == 0; }));
}

}  // namespace pgmend::test
