// SPDX-License-Identifier: MIT
// Causes outside of the migrations: backups, hands, other schemas, databases, sessions, data.
#include <fmt/format.h>

#include <filesystem>

#include "cause.hpp"

namespace pgmend::test {
namespace {

TEST_F(CauseTest, C12ABackupWasRestoredInPart) {
  const Database wanted;
  wanted.exec(std::string(k_a1) + k_b2 + k_c3);
  exec("CREATE TABLE users (id integer DEFAULT 1 NOT NULL, email text NOT NULL, name text)");
  exec(
      "CREATE SEQUENCE users_id_seq OWNED BY users.id;"
      "ALTER TABLE users ALTER id SET DEFAULT nextval('users_id_seq')");
  record({"c3"});
  expect_unchanged("C12", {"verify", "--schema", wanted.url()},
                   {1,
                    "drift - the migrations say done, the schema says no: 2 differences",
                    {"primary key users.users_pkey missing", "users.ix_users_name missing"}});
  const auto ensure = project().plain_pgmend({"ensure", "--schema", wanted.url()});
  EXPECT_EQ(ensure.exit_code, 0) << testing::PrintToString(ensure);
}

TEST_F(CauseTest, C13AHotfixByHand) {
  exec(std::string(k_a1) + "ALTER TABLE users ADD name int;" + k_c3);
  record({"c3"});
  expect_unchanged("C13", {"ensure"},
                   {1,
                    "drift - the migrations say done, the schema says no: 1 difference",
                    {"users.name type different", "expected: text", "found: integer"}});
}

TEST_F(CauseTest, C15AnotherSearchPath) {
  exec("CREATE SCHEMA app; SET search_path = app;" + std::string(k_a1) + k_b2 + k_c3);
  record({"c3"});
  expect_unchanged(
      "C15", {"ensure"},
      {5, "unclear - table users stands in schema app: search_path?", {"compare the search_path"}});
}

TEST_F(CauseTest, C16TheWrongDatabase) {
  exec("CREATE TABLE something_else (id int)");
  std::filesystem::remove(project().folder().path("alembic.ini"));
  spec(
      "tables: {users: {columns: {id: int}}, orders: {columns: {id: int}}, "
      "items: {create: true, columns: {id: int}}}");
  expect_unchanged("C16", {"ensure"},
                   {5,
                    "unclear - 2 of 3 expected tables are missing: is this the right",
                    {"check the connection named above"}});
}

TEST_F(CauseTest, C16AnEmptyDatabaseIsANewDeployment) {
  const Database wanted;
  wanted.exec("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c (id int)");
  std::filesystem::remove(project().folder().path("alembic.ini"));
  expect("C16", {"ensure", "--schema", wanted.url()}, {0, "drift", {"item(s) added"}});
  exec("DROP TABLE a, b");
  expect_unchanged("C16", {"ensure", "--schema", wanted.url()},
                   {5, "unclear - 2 of 3 expected tables are missing", {}});
}

TEST_F(CauseTest, C17SeveralMigratorsAtOnce) {
  exec(k_a1);
  record({"c3"});
  std::vector<subprocess::Process> all;
  const RunOptions options{.env = {{"DATABASE_URL", db().url()}}, .cwd = project().folder().path()};
  for (int i = 0; i < 4; ++i) all.push_back(start_pgmend({"ensure"}, options));
  int repaired = 0;
  for (auto& process : all) {
    const auto run = process.wait();
    EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
    if (run.out.find("2 item(s) added") != std::string::npos) ++repaired;
  }
  EXPECT_EQ(repaired, 1);
  expect_unchanged("C17", {"verify"}, {0, "correct", {}});
}

TEST_F(CauseTest, C18APoolerBesideADirectUrl) {
  exec(std::string(k_a1) + k_b2);
  record({"c3"});
  const RunOptions options{.env = {{"DATABASE_URL", "postgresql://u@pooler.invalid:6543/shop"},
                                   {"DIRECT_URL", db().url()}},
                           .cwd = project().folder().path()};
  const auto run = run_pgmend({"ensure"}, options);
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.out), "from DIRECT_URL in the environment"));
  expect_unchanged("C18", {"verify"}, {0, "correct", {}});
}

TEST_F(CauseTest, C24AnErrorWasLoggedAndTheVersionWentOn) {
  exec(std::string(k_a1) + k_b2 + "INSERT INTO users (email, name) VALUES ('a', 'x'), ('b', 'x')");
  record({"c3"});
  spec("tables: {users: {indexes: {ix_users_name: UNIQUE (name)}}}");
  expect_unchanged("C24", {"verify"},
                   {1, "drift - the migrations say done", {"users.ix_users_name missing"}});
  expect_unchanged("C24", {"ensure"},
                   {1,
                    "drift - the migrations say done",
                    {"1 key(s) stand in more than one row", "remove the duplicates"}});
}

TEST_F(CauseTest, C26AnExtensionIsMissing) {
  const Database wanted;
  wanted.exec(std::string(k_a1) +
              "CREATE EXTENSION pg_trgm;"
              "CREATE INDEX ix_trgm ON users USING gin (email gin_trgm_ops)");
  exec(k_a1);
  revision("b2", "'a1'", {"op.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')"});
  revision("c3", "'b2'",
           {"op.execute('CREATE INDEX ix_trgm ON users USING gin (email gin_trgm_ops)')"});
  record({"c3"});
  expect_unchanged("C26", {"verify", "--schema", wanted.url()},
                   {1,
                    "drift - the migrations say done, the schema says no",
                    {"extension pg_trgm missing", "from b2", "ix_trgm missing", "from c3"}});
}

}  // namespace
}  // namespace pgmend::test
