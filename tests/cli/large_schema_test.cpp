// SPDX-License-Identifier: MIT
// What only pays with a large schema: a second session that reads half of it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

/// 20,670 columns.
constexpr const char* k_wide_tables =
    "DO $$ BEGIN FOR i IN 1..13 LOOP EXECUTE (SELECT format('CREATE TABLE wide%s (%s)', i, "
    "string_agg(format('c%s int', n), ', ')) FROM generate_series(1, 1590) n); "
    "END LOOP; END $$";

class LargeSchema : public CliTest {
 protected:
  LargeSchema() {
    db().exec(k_wide_tables);
    EXPECT_EQ(exit_correct, run({"snapshot"}).exit_code);
  }

  RunResult verify(Arguments more = {}, const std::string& user = "postgres") const {
    more.insert(more.begin(), {"verify", "--schema", "schema.lock", "--no-cache", "--log-sql"});
    return run_unchanged(more, user);
  }

  /// What was sent in a second session.
  static bool has_second(const RunResult& result) {
    return result.err.find("sql[2] SET TRANSACTION SNAPSHOT") != std::string::npos;
  }
};

TEST_F(LargeSchema, IsReadByTwoSessions) {
  const auto result = verify();
  EXPECT_EQ(exit_correct, result.exit_code) << result.out;
  EXPECT_TRUE(contains(result.out, "20675 columns"));
  EXPECT_TRUE(has_second(result));
}

TEST_F(LargeSchema, TwoSessionsFindWhatOneWould) {
  db().exec(
      "ALTER TABLE wide7 DROP COLUMN c800; ALTER TABLE wide8 ALTER c1 SET DEFAULT 7;"
      "ALTER TABLE wide9 ADD extra int; ALTER TABLE users ADD UNIQUE (id)");
  const auto result = verify();
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(has_second(result));
  for (const auto* found : {"wide7.c800 missing", "wide8.c1 default", "wide9.extra: extra",
                            "users.users_id_key: extra"})
    EXPECT_TRUE(contains(result.out, found));
}

TEST_F(LargeSchema, OneSessionReadsAllWhereThereIsNoRoomForAnother) {
  const Role role(db(), "LOGIN CONNECTION LIMIT 1");
  db().exec("GRANT pg_read_all_data TO " + role.name());
  const auto result = verify({}, role.name());
  EXPECT_EQ(exit_correct, result.exit_code) << result.out;
  EXPECT_FALSE(has_second(result));
}

TEST_F(LargeSchema, BothActAsTheRole) {
  const Role role(db(), "NOLOGIN");
  const auto result = verify({"--role", role.name()});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(has_second(result));
}

TEST_F(LargeSchema, WhatIsLockedIsNamedAndTheRestIsRead) {
  db().exec("CREATE VIEW v AS SELECT c1 FROM wide3");
  EXPECT_EQ(exit_correct, run({"snapshot"}).exit_code);
  auto holder = db().connect();
  holder.query("BEGIN");
  holder.query("LOCK TABLE wide3");
  const auto result = verify();
  EXPECT_EQ(exit_unverified, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.out), "is locked (ACCESS EXCLUSIVE"));
}

// It is still being read when the sessions begin.
TEST_F(LargeSchema, ALockFileDamagedAtItsEndIsTold) {
  const auto whole = folder().read("schema.lock");
  folder().write("schema.lock", whole.substr(0, whole.rfind("column ")) + "colum n\nend 99999\n");
  const auto result = verify();
  EXPECT_EQ(exit_usage, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(result.err, "schema.lock:"));
  EXPECT_EQ("", result.out);
}

TEST_F(LargeSchema, ALockFileThatHoldsNothingOfTheDatabaseIsTold) {
  folder().write("schema.lock", "# pgmend schema.lock\nformat 1\nserver 15\nend 0\n");
  const auto result = verify();
  EXPECT_EQ(exit_usage, result.exit_code) << result.out << result.err;
  EXPECT_TRUE(contains(unwrapped(result.err), "any database would agree with it"));
  EXPECT_EQ("", result.out);
}

TEST(LargeStandby, IsReadByTwoSessionsAndNotRemembered) {
  PrivateServer primary(server_options());
  const Database database(primary);
  database.exec(k_wide_tables);
  const TempFolder folder;
  const auto lock = folder.path("schema.lock");
  ASSERT_EQ(exit_correct, run_pgmend({"snapshot", "-d", database.url(), "-o", lock}).exit_code);
  const auto standby = make_standby(primary);
  const auto at = standby->parameters(database.name());
  const auto url = fmt::format("host={} port={} user=postgres dbname={}", at.at("host"),
                               at.at("port"), at.at("dbname"));
  for (int i = 0; i < 2; ++i) {
    const auto result = run_pgmend({"verify", "-d", url, "-s", lock, "--log-sql"},
                                   {.env = {{"XDG_CACHE_HOME", folder.path()}}});
    EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
    EXPECT_TRUE(contains(result.err, "sql[2] SET TRANSACTION SNAPSHOT"));
  }
}

// Nothing changed

class UnchangedSchema : public CliTest {
 protected:
  UnchangedSchema() {
    db().exec(
        "DO $$ BEGIN EXECUTE (SELECT format('CREATE TABLE wide (%s)', "
        "string_agg(format('c%s int', n), ', ')) FROM generate_series(1, 1200) n); END $$;"
        "CREATE TABLE counted (id serial PRIMARY KEY); INSERT INTO counted DEFAULT VALUES");
    EXPECT_EQ(exit_correct, run({"snapshot"}).exit_code);
  }

  RunResult check(Arguments args = {"verify"}, const std::string& user = "postgres") const {
    args.insert(args.end(), {"--schema", "schema.lock"});
    return run(args, user, {{"XDG_CACHE_HOME", m_cache}});
  }

  static bool was_read(const RunResult& result) {
    return result.out.find("nothing changed since it was read at ") == std::string::npos;
  }

  void expect_read(const char* why) const {
    EXPECT_TRUE(was_read(check())) << why;
    EXPECT_FALSE(was_read(check())) << "again, and " << why;
  }

  const std::string& cache() const { return m_cache; }
  void put_cache_at(const std::string& path) { m_cache = path; }

 private:
  std::string m_cache = folder().path("cache");
};

TEST_F(UnchangedSchema, IsNotReadAgain) {
  EXPECT_TRUE(was_read(check()));
  const auto again = check();
  EXPECT_EQ(exit_correct, again.exit_code);
  EXPECT_FALSE(was_read(again));
  EXPECT_TRUE(contains(again.out, "1206 columns"));
  EXPECT_FALSE(was_read(check({"ensure"})));
  EXPECT_TRUE(was_read(check({"verify", "--no-cache"})));
}

TEST_F(UnchangedSchema, IsReadAgainWhenTheDatabaseChanged) {
  expect_read("nothing is known");
  db().exec("DROP INDEX IF EXISTS none; ALTER TABLE wide DROP c7");
  const auto dropped = check();
  EXPECT_EQ(exit_drift, dropped.exit_code);
  EXPECT_TRUE(contains(dropped.out, "wide.c7 missing"));
  EXPECT_EQ(exit_correct, check({"ensure"}).exit_code);
  expect_read("as many rows as there were are not the same rows");
  db().exec("INSERT INTO counted DEFAULT VALUES; CREATE TEMP TABLE gone (a int)");
  EXPECT_EQ(exit_correct, check().exit_code);
}

// What is not in the file and does not count, keeps nobody from knowing.
TEST_F(UnchangedSchema, WithTablesOfMigrationTools) {
  db().exec(
      "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); CREATE SCHEMA drizzle; "
      "CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text, created_at "
      "bigint); COMMENT ON TABLE alembic_version IS 'of Alembic'");
  expect_read("they were not there when it was written");
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  expect_read("the file is another one");
  EXPECT_FALSE(was_read(check({"ensure"})));
  db().exec("INSERT INTO alembic_version VALUES ('a1')");
  EXPECT_TRUE(contains(check().out, "a1 is applied"));
  db().exec("ALTER TABLE alembic_version ALTER version_num TYPE varchar(64)");
  expect_read("the database changed");
  db().exec("CREATE TABLE beside (id int)");
  EXPECT_TRUE(contains(check().out, "beside: extra")) << check().out;
  db().exec("DROP TABLE beside, alembic_version");
  const auto result = check();
  EXPECT_EQ(exit_correct, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.out), "left to its migration tool to make")) << result.out;
  EXPECT_TRUE(was_read(check())) << "there is something to tell each time";
}

TEST_F(UnchangedSchema, WithTablesOfMigrationToolsThatHaveOtherNames) {
  db().exec(
      "CREATE TABLE steps (id serial PRIMARY KEY, version_id bigint, is_applied bool, tstamp "
      "timestamp)");
  for (int i = 0; i < 2; ++i) {
    const auto result = check();
    EXPECT_TRUE(was_read(result)) << "they are not found by their names alone";
    EXPECT_TRUE(contains(result.out, "goose says")) << result.out;
  }
  db().exec(
      "DROP TABLE steps; CREATE TABLE history (id serial, timestamp bigint, name text); ANALYZE");
  const Arguments strict = {"verify", "--strict"};
  EXPECT_EQ(exit_drift, check(strict).exit_code);
  folder().write("data-source.ts", "new DataSource({ migrationsTableName: 'history' })");
  EXPECT_EQ(exit_correct, check(strict).exit_code);
  EXPECT_FALSE(was_read(check(strict)));
  folder().write("data-source.ts", "new DataSource({ migrationsTableName: 'others' })");
  EXPECT_EQ(exit_drift, check(strict).exit_code) << "whose it is, the project says";
}

TEST_F(UnchangedSchema, IsReadAgainWhenWhatWasGoingOnIsCommitted) {
  auto writer = db().connect();
  writer.query("BEGIN");
  writer.query("ALTER TABLE users ADD extra int");
  expect_read("nothing is known");
  writer.query("COMMIT");
  const auto result = check();
  EXPECT_TRUE(was_read(result));
  EXPECT_TRUE(contains(result.out, "users.extra: extra"));
}

TEST_F(UnchangedSchema, ASequenceIsNotInTheCatalogs) {
  expect_read("nothing is known");
  db().exec("SELECT setval('counted_id_seq', 1, false)");
  const auto result = check();
  EXPECT_EQ(exit_drift, result.exit_code) << result.out;
  EXPECT_TRUE(contains(result.out, "counted.id"));
}

TEST_F(UnchangedSchema, AnotherQuestionIsAnotherAnswer) {
  expect_read("nothing is known");
  EXPECT_TRUE(was_read(check({"verify", "--strict"})));
  expect_read("it was asked more strictly");
  EXPECT_TRUE(was_read(check({"verify", "--table", "users"})));
  folder().write("schema.lock", folder().read("schema.lock") + "# another text\n");
  expect_read("the lock file is another one");
  const Role role(db(), "LOGIN");
  db().exec("GRANT pg_read_all_data TO " + role.name());
  EXPECT_TRUE(was_read(check({"verify"}, role.name())));
}

TEST_F(UnchangedSchema, ACacheThatCannotBeUsedIsNone) {
  put_cache_at("/proc/none");
  EXPECT_TRUE(was_read(check()));
  EXPECT_EQ(exit_correct, check().exit_code);
  put_cache_at(folder().path("other"));
  expect_read("nothing is known");
  for (const auto& file : std::filesystem::directory_iterator(cache() + "/pgmend"))
    for (const auto* damage : {"", "{}", "[1]", "{\"horizon\": \"x\"}", "\x01"}) {
      folder().write("other/pgmend/" + file.path().filename().string(), damage);
      expect_read(damage);
    }
}

}  // namespace
}  // namespace pgmend::test
