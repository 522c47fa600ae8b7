// SPDX-License-Identifier: MIT
// C22, C23: other tools' version tables, read without the tools.
#include <filesystem>

#include "cause.hpp"

namespace pgmend::test {
namespace {

class OtherTool : public CauseTest {
 protected:
  OtherTool() { std::filesystem::remove(project().folder().path("alembic.ini")); }
};

constexpr auto k_spec = "tables: {users: {columns: {email: TEXT, name: TEXT}}}";

struct Tool {
  const char* name;
  const char* table;  // and its rows
  const char* says;
};

class Recorded : public OtherTool, public testing::WithParamInterface<Tool> {};

// All is recorded, one column is not there: found without understanding the tool's files.
TEST_P(Recorded, AndAColumnIsMissing) {
  exec("CREATE TABLE users (email text);" + std::string(GetParam().table));
  spec(k_spec);
  expect_unchanged("C23", {"verify"},
                   {1,
                    "drift - 1 difference",
                    {GetParam().says, "its migrations are not here", "users.name missing"}});
}

INSTANTIATE_TEST_SUITE_P(
    Tools, Recorded,
    testing::Values(
        Tool{"Django",
             "CREATE TABLE django_migrations (id int, app text, name text, applied timestamptz);"
             "INSERT INTO django_migrations VALUES (1, 'shop', '0001_initial', now()),"
             " (2, 'shop', '0002_name', now())",
             "Django says: 2 applied, the last: shop.0002_name"},
        Tool{"Flyway",
             "CREATE TABLE flyway_schema_history (installed_rank int, version text,"
             " description text, type text, script text, checksum int, installed_by text,"
             " installed_on timestamp, execution_time int, success boolean);"
             "INSERT INTO flyway_schema_history VALUES (1, '1', 'users', 'SQL', 'V1__users.sql',"
             " 1, 'x', now(), 1, true)",
             "Flyway says: 1 applied, the last: 1"},
        Tool{"Liquibase",
             "CREATE TABLE databasechangelog (id text, author text, filename text,"
             " dateexecuted timestamp, orderexecuted int, exectype text, md5sum text);"
             "INSERT INTO databasechangelog VALUES ('one', 'me', 'log.xml', now(), 1, 'EXECUTED',"
             " 'x')",
             "Liquibase says: 1 applied, the last: "},
        Tool{"Prisma",
             "CREATE TABLE _prisma_migrations (id text, checksum text, finished_at timestamptz,"
             " migration_name text, logs text, rolled_back_at timestamptz,"
             " started_at timestamptz, applied_steps_count int);"
             "INSERT INTO _prisma_migrations VALUES ('1', 'x', now(), '2024_users', NULL, NULL,"
             " now(), 1)",
             "Prisma says: 1 applied, the last: 2024_users"},
        Tool{"Rails",
             "CREATE TABLE schema_migrations (version varchar PRIMARY KEY);"
             "INSERT INTO schema_migrations VALUES ('20240101000000')",
             "Rails says: 1 applied, the last: 20240101000000"},
        Tool{"goose",
             "CREATE TABLE goose_db_version (id int, version_id bigint, is_applied boolean,"
             " tstamp timestamp);"
             "INSERT INTO goose_db_version VALUES (1, 0, true, now()), (2, 7, true, now())",
             "goose says: 1 applied, the last: 7"},
        Tool{"golang",
             "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean);"
             "INSERT INTO schema_migrations VALUES (7, false)",
             "golang-migrate says: it stands at 7"},
        Tool{"Knex",
             "CREATE TABLE knex_migrations (id int, name text, batch int, migration_time"
             " timestamptz);"
             "INSERT INTO knex_migrations VALUES (1, '1_users.js', 1, now()), (2, '2_name.js', 1,"
             " now())",
             "Knex says: 2 applied, the last: 2_name.js"},
        Tool{"EF",
             "CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" varchar(150),"
             " \"ProductVersion\" varchar(32));"
             "INSERT INTO \"__EFMigrationsHistory\" VALUES ('2024_Users', '8.0')",
             "EF Core says: 1 applied, the last: 2024_Users"}),
    [](const auto& test) { return test.param.name; });

TEST_F(OtherTool, C22DrizzleSkipsWhatIsOlderThanItsLast) {
  exec(
      "CREATE TABLE users (email text); CREATE SCHEMA drizzle;"
      "CREATE TABLE drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);"
      "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 300)");
  spec(k_spec);
  project().folder().write("drizzle/meta/_journal.json",
                           R"({"version": "7", "dialect": "postgresql", "entries": [
    {"idx": 0, "version": "7", "when": 300, "tag": "0000_users", "breakpoints": true},
    {"idx": 1, "version": "7", "when": 200, "tag": "0001_name", "breakpoints": true}]})");
  expect_unchanged("C22", {"verify"},
                   {1, "drift", {"Drizzle says: 1 applied", "0001_name", "users.name missing"}});
}

class Failed : public OtherTool, public testing::WithParamInterface<Tool> {};

// What failed is settled with the tool: a repair would be in its way.
TEST_P(Failed, AndAColumnIsMissing) {
  exec("CREATE TABLE users (email text);" + std::string(GetParam().table));
  spec(k_spec);
  const auto tool = std::string(GetParam().name);
  expect_unchanged("C23", {"ensure"},
                   {5,
                    "unclear - ",
                    {"TROUBLE: " + std::string(GetParam().says),
                     "settle it with " + (tool == "golang" ? "golang-migrate" : tool)}});
  exec("ALTER TABLE users ADD name text");
  expect_unchanged("", {"verify"}, {0, "correct", {"TROUBLE: " + std::string(GetParam().says)}});
}

INSTANTIATE_TEST_SUITE_P(
    Tools, Failed,
    testing::Values(
        Tool{"Flyway",
             "CREATE TABLE flyway_schema_history (installed_rank int, version text,"
             " description text, type text, script text, checksum int, installed_by text,"
             " installed_on timestamp, execution_time int, success boolean);"
             "INSERT INTO flyway_schema_history VALUES (1, '1', 'users', 'SQL', 'V1__users.sql',"
             " 1, 'x', now(), 1, true), (2, '2', 'name', 'SQL', 'V2__name.sql', 1, 'x', now(), 1,"
             " false)",
             "V2__name.sql failed"},
        Tool{"golang",
             "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean);"
             "INSERT INTO schema_migrations VALUES (7, true)",
             "7 is dirty"},
        Tool{"Knex",
             "CREATE TABLE knex_migrations (id int, name text, batch int, migration_time"
             " timestamptz);"
             "CREATE TABLE knex_migrations_lock (index int, is_locked int);"
             "INSERT INTO knex_migrations VALUES (1, '2024_users.js', 1, now());"
             "INSERT INTO knex_migrations_lock VALUES (1, 1)",
             "it is locked"},
        Tool{"Liquibase",
             "CREATE TABLE databasechangelog (id text, author text, filename text,"
             " dateexecuted timestamp, orderexecuted int, exectype text, md5sum text);"
             "CREATE TABLE databasechangeloglock (id int, locked boolean, lockgranted timestamp,"
             " lockedby text);"
             "INSERT INTO databasechangeloglock VALUES (1, true, '2024-01-02 03:04', 'pod-1')",
             "it is locked by pod-1 since 2024-01-02 03:04"},
        Tool{"Prisma",
             "CREATE TABLE _prisma_migrations (id text, checksum text, finished_at timestamptz,"
             " migration_name text, logs text, rolled_back_at timestamptz,"
             " started_at timestamptz, applied_steps_count int);"
             "INSERT INTO _prisma_migrations VALUES"
             " ('1', 'x', NULL, '1_settled', NULL, now(), now(), 0),"
             " ('2', 'x', NULL, '2_again', 'died', NULL, now(), 0),"
             " ('3', 'x', now(), '2_again', NULL, NULL, now(), 1),"
             " ('4', 'x', NULL, '3_name', 'died', NULL, now(), 0)",
             "3_name failed"}),
    [](const auto& test) { return test.param.name; });

// What was rolled back is not applied.
TEST_F(OtherTool, C23GooseCountsTheLastWordOnEachVersion) {
  exec(
      "CREATE TABLE users (email text, name text);"
      "CREATE TABLE goose_db_version (id int, version_id bigint, is_applied boolean,"
      " tstamp timestamp);"
      "INSERT INTO goose_db_version VALUES (1, 0, true, now()), (2, 7, true, now()),"
      " (3, 8, true, now()), (4, 8, false, now())");
  spec(k_spec);
  expect_unchanged("C23", {"verify"}, {0, "correct", {"goose says: 1 applied, the last: 7"}});
}

TEST_F(OtherTool, ABrokenJournalIsAFault) {
  exec(
      "CREATE TABLE users (email text); CREATE SCHEMA drizzle;"
      "CREATE TABLE drizzle.__drizzle_migrations (id serial, hash text, created_at bigint)");
  spec(k_spec);
  for (const auto* journal : {"{", "{}", R"({"entries": [{"idx": 0}]})"}) {
    project().folder().write("drizzle/meta/_journal.json", journal);
    expect_unchanged("", {"ensure"},
                     {5,
                      "unclear - the migrations cannot be read: drizzle/meta/_journal.json",
                      {"Drizzle fails on it too"}});
  }
}

TEST_F(OtherTool, C22DrizzlesNewerEntriesArePending) {
  exec(
      "CREATE TABLE users (email text); CREATE SCHEMA drizzle;"
      "CREATE TABLE drizzle.__drizzle_migrations (id serial, hash text, created_at bigint);"
      "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('x', 300)");
  spec(k_spec);
  project().folder().write("drizzle/meta/_journal.json",
                           R"({"entries": [{"when": 300, "tag": "0000_users"},
                                           {"when": 1000, "tag": "0001_name"}]})");
  expect_unchanged("C22", {"ensure"},
                   {5,
                    "pending - 1 migration to run first: 0001_name",
                    {"Drizzle says: 1 applied, the last: 0000_users", "pgmend migrate",
                     "-- npx drizzle-kit migrate"},
                    true});
}

// A tool's own tables are no extras, whatever else is asked for.
TEST_F(OtherTool, VersionTablesAreNotStrange) {
  const Database wanted;
  wanted.exec("CREATE TABLE users (email text, name text)");
  exec(
      "CREATE TABLE users (email text, name text);"
      "CREATE TABLE schema_migrations (version varchar PRIMARY KEY);"
      "CREATE TABLE ar_internal_metadata (key varchar PRIMARY KEY, value varchar);"
      "CREATE TABLE history (version_num text)");
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"--kind", "primary_key"}}) {
    std::vector<std::string> args = {"verify", "--strict", "--schema", wanted.url()};
    args.insert(args.end(), more.begin(), more.end());
    expect_unchanged("", args, {0, "correct", {}});
  }
  const auto draft = project().plain_pgmend({"init", "--output", "drafted.yaml"});
  EXPECT_EQ(draft.exit_code, 0) << testing::PrintToString(draft);
  const auto yaml = project().folder().read("drafted.yaml");
  EXPECT_TRUE(contains(yaml, "users:"));
  for (const auto* table : {"schema_migrations", "ar_internal_metadata", "history"})
    EXPECT_TRUE(contains_not(yaml, table));
}

}  // namespace
}  // namespace pgmend::test
