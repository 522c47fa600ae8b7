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
                    "drift - the migrations say done, the schema says no: 1 difference",
                    {GetParam().says, "users.name missing"}});
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
             "goose says: "},
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

TEST_F(OtherTool, C23AFailedMigrationIsSettledFirst) {
  exec(
      "CREATE TABLE users (email text);"
      "CREATE TABLE flyway_schema_history (installed_rank int, version text,"
      " description text, type text, script text, checksum int, installed_by text,"
      " installed_on timestamp, execution_time int, success boolean);"
      "INSERT INTO flyway_schema_history VALUES (1, '1', 'users', 'SQL', 'V1__users.sql',"
      " 1, 'x', now(), 1, true), (2, '2', 'name', 'SQL', 'V2__name.sql', 1, 'x', now(), 1, false)");
  spec(k_spec);
  expect_unchanged("C23", {"ensure"},
                   {5,
                    "unclear - flyway_schema_history has a migration that failed",
                    {"settle it with Flyway"}});
}

}  // namespace
}  // namespace pgmend::test
