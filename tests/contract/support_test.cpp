// SPDX-License-Identifier: MIT
// The tests' own tools.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "support/database.hpp"
#include "support/matchers.hpp"
#include "support/run.hpp"
#include "support/schema_text.hpp"
#include "support/temp_folder.hpp"
#include "support/variable.hpp"

namespace pgmend::test {

namespace {

std::string databases_named(const std::string& name) {
  auto connection = pg::Connection::open(shared_server().parameters(), {});
  const auto result =
      connection.query("SELECT count(*) FROM pg_database WHERE datname = $1", {name});
  return std::string(result.get(0, 0));
}

std::string roles_named(const std::string& name) {
  auto connection = pg::Connection::open(shared_server().parameters(), {});
  const auto result = connection.query("SELECT count(*) FROM pg_roles WHERE rolname = $1", {name});
  return std::string(result.get(0, 0));
}

}  // namespace

TEST(SupportDatabase, LivesAsLongAsItsObject) {
  std::string name;
  {
    const Database db;
    name = db.name();
    auto still_connected = db.connect();
    EXPECT_EQ(databases_named(name), "1");
  }
  EXPECT_EQ(databases_named(name), "0");
}

TEST(SupportDatabase, RunsScriptsAndReads) {
  const Database db;
  db.exec("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (2, NULL)");
  EXPECT_EQ(db.rows("SELECT a, b FROM t ORDER BY a"), (Database::Rows{{"1", "x"}, {"2", ""}}));
  EXPECT_EQ(db.value("SELECT max(a) FROM t"), "2");
  EXPECT_EQ(db.value("SELECT a FROM t WHERE false"), "");
  EXPECT_THROW(db.exec("SELECT 1; nonsense"), std::exception);
}

TEST(SupportDatabase, TakesOptions) {
  const Database db(shared_server(), "ENCODING 'LATIN1' LOCALE 'C'");
  EXPECT_EQ(db.value("SELECT current_setting('server_encoding')"), "LATIN1");
}

TEST(SupportDatabase, ItsUrlIsUnderstoodByPostgresPrograms) {
  const Database db;
  subprocess::Command psql;
  psql.argv = {client_program(shared_server(), "psql"), "-XAt", "-c", "SELECT current_database()",
               db.url()};
  psql.env = clean_environment();
  EXPECT_EQ(subprocess::run(psql).out, db.name() + "\n");
}

TEST(SupportFingerprint, IsBlindToWhatDoesNotChangeTheSchema) {
  const Database db;
  db.exec(
      "CREATE TABLE t (a int PRIMARY KEY); CREATE SCHEMA s; CREATE DOMAIN d AS int CHECK "
      "(VALUE > 0)");
  const auto before = db.fingerprint();
  db.exec("INSERT INTO t SELECT generate_series(1, 1000)");
  db.exec("ANALYZE");
  db.exec("VACUUM");
  db.exec(
      "CREATE TEMP TABLE x (a serial PRIMARY KEY CHECK (a > 0), b text); "
      "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
  db.exec("BEGIN; CREATE TABLE y (a int); ROLLBACK");
  EXPECT_EQ(db.fingerprint(), before);
}

TEST(SupportFingerprint, SeesEveryChange) {
  const Database db;
  auto before = db.fingerprint();
  for (const char* change :
       {"CREATE TABLE t (a int)", "ALTER TABLE t ALTER a SET DEFAULT 1", "CREATE INDEX i ON t (a)",
        "ALTER TABLE t ADD CHECK (a > 0)", "CREATE TYPE e AS ENUM ('x')",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE SCHEMA s",
        "COMMENT ON TABLE t IS 'x'", "GRANT SELECT ON t TO PUBLIC",
        "ALTER TABLE t DROP COLUMN a"}) {
    db.exec(change);
    const auto after = db.fingerprint();
    EXPECT_NE(after, before) << change;
    before = after;
  }
}

TEST(SupportRole, IsDroppedWithWhatItOwns) {
  const Database db;
  std::string name;
  {
    const Role role(db, "LOGIN CREATEDB");
    name = role.name();
    db.exec("GRANT CREATE ON SCHEMA public TO " + name);
    db.connect(name).query("CREATE TABLE owned (a int)");
    EXPECT_EQ(roles_named(name), "1");
  }
  EXPECT_EQ(roles_named(name), "0");
  EXPECT_EQ(db.value("SELECT to_regclass('public.owned')"), "");
}

TEST(SupportStandby, FollowsItsPrimary) {
  const Database db;
  const auto standby = make_standby(shared_server());
  db.exec("CREATE TABLE t AS SELECT 42 AS a");
  auto connection = pg::Connection::open(standby->parameters(db.name()), {});
  EXPECT_EQ(connection.query("SELECT pg_is_in_recovery()").get(0, 0), "t");
  EXPECT_TRUE(eventually([&] {
    return connection.query("SELECT to_regclass('public.t') IS NOT NULL").get(0, 0) == "t";
  }));
}

TEST(SupportTempFolder, IsRemovedWithItsFiles) {
  std::string path;
  {
    const TempFolder folder;
    path = folder.path();
    EXPECT_EQ(folder.write("a/b.txt", "text"), path + "/a/b.txt");
    EXPECT_EQ(folder.read("a/b.txt"), "text");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(SupportRun, TheEnvironmentOfTheTestStaysOutside) {
  const Variable variable("PGDATABASE", "elsewhere");
  const auto environment = clean_environment({{"PGPORT", "1"}, {"LANG", "C"}});
  EXPECT_FALSE(environment.contains("PGDATABASE"));
  EXPECT_EQ(environment.at("PGPORT"), "1");
  EXPECT_EQ(environment.at("LANG"), "C");
  EXPECT_TRUE(environment.contains("PATH"));
}

TEST(SupportRun, RunsTheBuiltProgram) {
  const auto result = run_pgmend({"--version"});
  EXPECT_TRUE(result.ok()) << testing::PrintToString(result);
  EXPECT_TRUE(contains(result.out, "pgmend"));
}

TEST(SupportMatchers, FindLinesPatternsAndOrder) {
  const std::string text = "one\n  two 2\nthree";
  EXPECT_TRUE(contains_line(text, "two 2"));
  EXPECT_FALSE(contains_line(text, "two"));
  EXPECT_TRUE(contains_match(text, "^ +two [0-9]$"));
  EXPECT_FALSE(contains_match(text, "^two"));
  EXPECT_TRUE(contains_in_order(text, {"one", "three"}));
  EXPECT_FALSE(contains_in_order(text, {"three", "one"}));
  EXPECT_FALSE(contains_not(text, "two"));
}

}  // namespace pgmend::test
