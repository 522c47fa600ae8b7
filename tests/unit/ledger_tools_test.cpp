// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "ledger/own_names.hpp"
#include "ledger/tools.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::ledger {
namespace {

using Columns = std::vector<std::string>;

/// The tool whose version table this is, by its columns; "" for none.
std::string tool_of(const std::string& name, const Columns& columns) {
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables)
      if (fits(form, name, columns)) return std::string(tool->name);
  return "";
}

TEST(VersionTables, AreKnownByTheirShape) {
  EXPECT_EQ(tool_of("alembic_version", {"version_num"}), "Alembic");
  EXPECT_EQ(tool_of("django_migrations", {"id", "app", "name", "applied"}), "Django");
  EXPECT_EQ(tool_of("__drizzle_migrations", {"id", "hash", "created_at"}), "Drizzle");
  EXPECT_EQ(tool_of("__EFMigrationsHistory", {"MigrationId", "ProductVersion"}), "EF Core");
  EXPECT_EQ(tool_of("flyway_schema_history",
                    {"installed_rank", "version", "description", "type", "script", "checksum",
                     "installed_by", "installed_on", "execution_time", "success"}),
            "Flyway");
  EXPECT_EQ(tool_of("schema_migrations", {"version", "dirty"}), "golang-migrate");
  EXPECT_EQ(tool_of("goose_db_version", {"id", "version_id", "is_applied", "tstamp"}), "goose");
  EXPECT_EQ(tool_of("knex_migrations", {"id", "name", "batch", "migration_time"}), "Knex");
  EXPECT_EQ(tool_of("databasechangelog",
                    {"id", "author", "filename", "dateexecuted", "orderexecuted", "exectype"}),
            "Liquibase");
  EXPECT_EQ(tool_of("databasechangeloglock", {"id", "locked", "lockgranted", "lockedby"}),
            "Liquibase");
  EXPECT_EQ(
      tool_of("_prisma_migrations", {"id", "checksum", "finished_at", "migration_name", "logs",
                                     "rolled_back_at", "started_at", "applied_steps_count"}),
      "Prisma");
  EXPECT_EQ(tool_of("schema_migrations", {"version"}), "Rails");
}

TEST(VersionTables, MayHaveTheNameThatAProjectGaveThem) {
  EXPECT_EQ(tool_of("history", {"version_num"}), "Alembic");
  EXPECT_EQ(tool_of("my_versions", {"id", "version_id", "is_applied", "tstamp"}), "goose");
  EXPECT_EQ(tool_of("Migrations", {"MigrationId", "ProductVersion"}), "EF Core");
}

TEST(VersionTables, AreNotTablesOfAnApplication) {
  EXPECT_EQ(tool_of("firmware", {"version_num", "device_id"}), "");
  EXPECT_EQ(tool_of("releases", {"version"}), "");
  EXPECT_EQ(tool_of("files", {"hash", "created_at"}), "");
  EXPECT_EQ(tool_of("apps", {"app", "name", "applied"}), "");
  EXPECT_EQ(tool_of("schema_migrations", {"version", "dirty", "comment"}), "");
}

// Some kinds of object are read without their columns; with other columns it is another table.
TEST(VersionTables, TheirUsualNamesAreEnoughWhereNoColumnsAreKnown) {
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables) {
      if (form.name.empty()) continue;
      EXPECT_TRUE(is_version_table(std::string(form.name), {})) << form.name;
      EXPECT_FALSE(is_version_table(std::string(form.name), {"another"})) << form.name;
      EXPECT_FALSE(tool_of_name(form.name).empty()) << form.name;
    }
  EXPECT_TRUE(is_version_table("history", {"version_num"}));
  EXPECT_FALSE(is_version_table("history", {}));
  EXPECT_FALSE(is_version_table("users", {"id"}));
}

// Those are found by their names.
TEST(VersionTables, OfUsualNamesAreNotTakenForRenamedOnes) {
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables) {
      if (form.name.empty()) continue;
      for (const auto column : form.columns)
        EXPECT_FALSE(may_be_renamed(form.name, column)) << form.name;
    }
  EXPECT_TRUE(may_be_renamed("history", "version_num"));
  EXPECT_TRUE(may_be_renamed("app_migrations", "run_on"));
  EXPECT_FALSE(may_be_renamed("users", "version"));
}

TEST(VersionTables, AllAreKnownByTheirOwnColumns) {
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables) {
      const auto name = std::string(form.name.empty() ? form.names : form.name);
      const Columns columns(form.columns.begin(), form.columns.end());
      if (tool == &k_dbmate) continue;  // its table is like that of Rails
      EXPECT_EQ(tool_of(name, columns), tool->name) << name;
    }
}

TEST(VersionTables, OfOtherNamesAreKnownWhereTheirColumnsAreRare) {
  EXPECT_EQ(ledger::tool_of("migrations", {"id", "timestamp", "name"}), "TypeORM");
  EXPECT_EQ(ledger::tool_of("our_migrations", {"name", "timestamp"}), "Kysely");
  EXPECT_EQ(ledger::tool_of("jobs", {"id", "name", "run_on"}), "");
  EXPECT_EQ(ledger::tool_of("app_migrations", {"id", "name", "run_on"}), "node-pg-migrate");
  EXPECT_EQ(ledger::tool_of("versions", {"version", "inserted_at"}), "");
  EXPECT_EQ(ledger::tool_of("schema_migrations", {"version", "inserted_at"}), "Ecto");
  EXPECT_EQ(ledger::tool_of("my_log", {"id", "name", "batch", "migration_time"}), "Knex");
  EXPECT_EQ(ledger::tool_of("changes", {"change_id", "note"}), "");
  EXPECT_EQ(ledger::tool_of("migrations", {"id", "name", "timestamp", "birds"}), "");
  EXPECT_EQ(ledger::tool_of("bird_migrations", {"id", "name", "timestamp"}), "");
  EXPECT_EQ(ledger::tool_of("tags", {"id", "name"}), "");
}

TEST(VersionTables, OfTwoToolsWithOneNameAreToldApartByTheirColumns) {
  EXPECT_EQ(ledger::tool_of("schema_migrations", {"version"}), "Rails");
  EXPECT_EQ(ledger::tool_of("schema_migrations", {"version", "dirty"}), "golang-migrate");
}

TEST(VersionTables, AreAskedForWhatTheReaderReads) {
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables)
      for (const auto query : {form.entries, form.troubles})
        if (!query.empty()) {
          EXPECT_NE(query.find("{table}"), std::string_view::npos) << tool->name;
        }
}

TEST(OwnName, IsReadWhereItIsPlainText) {
  const auto of = [](std::string_view text) {
    return plain_setting(text, "tableName").value_or("none");
  };
  EXPECT_EQ("books", of("migrations: { tableName: 'books', path: 'x' }"));
  EXPECT_EQ("books", of(R"({"tableName" : "books"})"));
  EXPECT_EQ("books", of("export tableName=books\n"));
  EXPECT_EQ("shop.books", of("tableName=shop.books"));
  EXPECT_EQ("books", of("'tableName' => 'books',"));
  EXPECT_EQ("books", of("config :app, tableName: \"books\""));
  EXPECT_EQ("books", of("otherTableName: 'x'\ntableNames: 'y'\ntableName: `books`"));
  EXPECT_EQ("books", of("// tableName: 'old'\ntableName: 'books'"));
  for (const auto* computed :
       {"tableName: `${prefix}books`", "tableName: process.env.TABLE ?? 'books'", "tableName",
        "tableName = ", "tableName: books()", "tableName: ''", "# tableName: 'books'"})
    EXPECT_EQ("none", of(computed)) << computed;
}

TEST(OwnName, StandsInTheConfigurationOfTheTool) {
  const test::TempFolder folder;
  folder.write("config/config.exs", "config :shop, Shop.Repo, migration_source: \"changes\"\n");
  folder.write(".env", "DBMATE_MIGRATIONS_TABLE=ops.steps\n");
  const auto names = own_names(ProjectFiles({folder.path()}));
  ASSERT_EQ(2U, names.size());
  EXPECT_EQ(&k_ecto, names[0].tool);
  EXPECT_EQ("changes", names[0].name);
  EXPECT_EQ(&k_dbmate, names[1].tool);
  EXPECT_EQ("steps", names[1].name);
}

}  // namespace
}  // namespace pgmend::ledger
