// SPDX-License-Identifier: MIT
// Which migrations the files of a project hold, and which of them are pending by what is recorded.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "ledger/hold.hpp"
#include "ledger/tools.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::ledger {
namespace {

using Names = std::vector<std::string>;

class MigrationFiles : public testing::Test {
 protected:
  void write(const std::string& file, const std::string& text = "") const {
    m_folder.write(file, text);
  }

  /// A ledger of the tool with these keys, held against the files.
  Ledger hold(const Tool& tool, const Names& keys) const {
    Ledger ledger;
    ledger.tool = tool.name;
    ledger.table = "books";
    for (const auto& key : keys) ledger.keys.push_back(tool.normal ? tool.normal(key) : key);
    std::vector<Ledger> ledgers = {ledger};
    hold_files(ledgers, ProjectFiles({m_folder.path()}));
    return ledgers.front();
  }
  Names pending(const Tool& tool, const Names& keys) const {
    Names names;
    for (const auto& revision : hold(tool, keys).pending) names.push_back(revision.id);
    return names;
  }

  test::TempFolder m_folder;
};

TEST_F(MigrationFiles, OfNumbersAreComparedAsNumbers) {
  for (const auto* name : {"1_a.rb", "0002_b.rb", "10_c.rb", "readme.md", "x.rb"})
    write(std::string("db/migrate/") + name);
  EXPECT_EQ(pending(k_rails, {"1", "2"}), Names({"10_c.rb"}));
  EXPECT_EQ(pending(k_rails, {"001", "10"}), Names({"0002_b.rb"}));
  EXPECT_EQ(pending(k_rails, {}), Names({"1_a.rb", "0002_b.rb", "10_c.rb"}));
}

TEST_F(MigrationFiles, OneLevelStandsForAllBeforeIt) {
  for (const auto* name : {"000001_a", "000002_b", "000010_c"}) {
    write(std::string("migrations/") + name + ".up.sql");
    write(std::string("migrations/") + name + ".down.sql");
  }
  EXPECT_EQ(pending(k_golang_migrate, {"2"}), Names({"000010_c.up.sql"}));
  EXPECT_EQ(pending(k_golang_migrate, {"10"}), Names());
}

TEST_F(MigrationFiles, AreThoseThatTheRowsSpeakOf) {
  write("one/migrations/00001_a.sql");
  write("one/migrations/00002_b.sql");
  write("two/migrations/00001_a.sql");
  write("two/migrations/00007_c.sql");
  write("two/migrations/00008_d.sql");
  EXPECT_EQ(pending(k_goose, {"1", "7"}), Names({"00008_d.sql"}));
  const auto unknown = hold(k_goose, {"99"});
  EXPECT_EQ(unknown.scripts, "");
  EXPECT_TRUE(unknown.pending.empty());
  EXPECT_EQ(hold(k_goose, {}).notes.size(), 1U);  // one or the other
}

TEST_F(MigrationFiles, OfPackagesBuildsAndTestsAreNotTheProjects) {
  for (const auto* folder : {"node_modules/x", "vendor/y", "target/classes", "tests/data", ".git"})
    write(std::string(folder) + "/migrations/00002_b.sql");
  write("migrations/00001_a.sql");
  EXPECT_EQ(hold(k_goose, {"1"}).scripts, "migrations");
  EXPECT_TRUE(pending(k_goose, {"1"}).empty());
}

TEST_F(MigrationFiles, ThatCannotBeLookedIntoAreTold) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may look into every folder";
  write("migrations/00001_a.sql");
  const auto folder = m_folder.path() + "/migrations";
  std::filesystem::permissions(folder, std::filesystem::perms::none);
  const auto ledger = hold(k_goose, {"1"});
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  EXPECT_EQ(ledger.scripts, "");
  EXPECT_EQ(ledger.notes, Names({"migrations cannot be looked into for migrations"}));
}

TEST_F(MigrationFiles, OfDjangoAreThoseOfItsApplications) {
  const std::string migration = "class Migration(migrations.Migration):\n    pass\n";
  write("site/settings.py", "INSTALLED_APPS = ['shop.apps.ShopConfig', 'apps.blog']\n");
  write("shop/apps.py", "class ShopConfig(AppConfig):\n    name = 'shop'\n    label = 'store'\n");
  write("shop/migrations/__init__.py");
  write("shop/migrations/0001_initial.py", migration);
  write("shop/migrations/0002_name.py", migration);
  write("shop/migrations/helpers.py", "def helper(): pass\n");
  write("apps/blog/migrations/0001_initial.py", migration);
  write("old/migrations/0001_initial.py", migration);  // in no settings
  EXPECT_EQ(pending(k_django, {"auth.0001_initial", "store.0001_initial"}),
            Names({"blog.0001_initial", "store.0002_name"}));
  EXPECT_EQ(pending(k_django, {"store.0001_initial", "store.0002_name", "blog.0001_initial"}),
            Names());
}

TEST_F(MigrationFiles, OfDjangoThatStandForOthers) {
  const std::string migration = "class Migration(migrations.Migration):\n    pass\n";
  write("settings.py", "INSTALLED_APPS = ['shop']\n");
  write("shop/migrations/0001_initial.py", migration);
  write("shop/migrations/0002_name.py", migration);
  write("shop/migrations/0001_squashed_0002.py",
        "class Migration(migrations.Migration):\n"
        "    replaces = [('shop', '0001_initial'),\n                ('shop', '0002_name')]\n");
  EXPECT_EQ(pending(k_django, {"shop.0001_initial", "shop.0002_name"}), Names());
  EXPECT_EQ(pending(k_django, {"shop.0001_initial"}), Names({"shop.0002_name"}));
  EXPECT_EQ(pending(k_django, {"shop.0001_squashed_0002"}), Names());
  EXPECT_EQ(pending(k_django, {}), Names({"shop.0001_squashed_0002"}));
}

TEST_F(MigrationFiles, OfFlywayByTheirVersions) {
  for (const auto* name : {"V1__a.sql", "V1_1__b.sql", "V02.0__c.sql", "V10__d.java", "U1__a.sql",
                           "B5__base.sql", "beforeMigrate.sql", "Vx__no.sql"})
    write(std::string("db/migration/") + name);
  EXPECT_EQ(pending(k_flyway, {"1", "2"}), Names({"V1_1__b.sql", "V10__d.java"}));
  EXPECT_EQ(pending(k_flyway, {"1", "<=2"}), Names({"V10__d.java"}));
}

TEST_F(MigrationFiles, OfFlywayThatRepeatAreCountedByTheirText) {
  write("sql/V1__a.sql");
  write("sql/R__all_users.sql", "CREATE VIEW v AS\r\nSELECT 1;\n");
  EXPECT_EQ(pending(k_flyway, {"1", "Rall users 1"}), Names({"R__all_users.sql"}));
  const auto files = ProjectFiles({m_folder.path()});
  const auto key = k_flyway.find(files).front().files.back().key;
  EXPECT_EQ(pending(k_flyway, {"1", key}), Names());
  write("sql/R__all_users.sql", "CREATE VIEW v AS\nSELECT 1;");
  EXPECT_EQ(pending(k_flyway, {"1", key}), Names());  // ends of lines do not count
}

TEST_F(MigrationFiles, OfLiquibaseInItsFourLanguages) {
  write("src/main/resources/db/changelog/db.changelog-master.yaml",
        "databaseChangeLog:\n"
        "  - include:\n      file: db/changelog/one.xml\n"
        "  - include:\n      file: two.sql\n      relativeToChangelogFile: true\n"
        "  - includeAll:\n      path: more/\n      relativeToChangelogFile: true\n"
        "  - changeSet:\n      id: 9  # the last\n      author: 'ann'\n      changes:\n"
        "        - sql:\n            sql: SELECT 1\n            id: no\n");
  const std::string folder = "src/main/resources/db/changelog/";
  write(folder + "one.xml",
        "<?xml version='1.0'?><!-- <changeSet id=\"0\" author=\"x\"/> --><databaseChangeLog>"
        "<changeSet id=\"1\" author=\"a &amp; b\"><sql><![CDATA[SELECT 1 > 0 <changeSet]]></sql>"
        "</changeSet>\n<changeSet author=\"ann\" id=\"2\" dbms=\"mysql, h2\"/>"
        "<changeSet author=\"ann\" id=\"3\" dbms=\"!h2\" context=\"test\"/></databaseChangeLog>");
  write(folder + "two.sql",
        "-- liquibase formatted sql logicalFilePath:lib/two.sql\n\n--changeset \"ann lee\":4 "
        "labels:x\n-- ChangeSet ann:5 dbms:postgresql\nSELECT 1;\n");
  write(folder + "more/a.json",
        "{\"databaseChangeLog\": [{\"changeSet\": {\"id\": 6, \"author\": \"ann\"}}]}");
  write(folder + "unused.xml",
        "<databaseChangeLog><changeSet id=\"7\" author=\"x\"/></databaseChangeLog>");
  write("pom.xml", "<project/>");
  const auto ledger = hold(k_liquibase, {"ann:9@classpath:db/changelog/db.changelog-master.yaml"});
  Names names;
  for (const auto& revision : ledger.pending) names.push_back(revision.id);
  EXPECT_EQ(names, Names({"a & b:1", "ann:5", "ann:6"}));
  EXPECT_EQ(ledger.notes, Names({"2 change sets of some contexts or labels not run"}));
  EXPECT_EQ(pending(k_liquibase, {"ann:9@db.changelog-master.yaml", "a & b:1@x/one.xml",
                                  "ann:5@lib/two.sql", "ann:6@a.json"}),
            Names());
}

TEST_F(MigrationFiles, OfLiquibaseThatCannotBeReadAreAFault) {
  write("db.json",
        "{\"databaseChangeLog\": [{\"changeSet\": {\"id\": \"1\", \"author\": \"a\"}}]}");
  write("broken.json", "{\"databaseChangeLog\": [");
  EXPECT_EQ(hold(k_liquibase, {"a:1@db.json"}).faults.size(), 1U);
}

TEST_F(MigrationFiles, OfDrizzleByJournalAndByFolder) {
  write("drizzle/meta/_journal.json",
        R"({"entries": [{"when": 100, "tag": "0000_a"}, {"when": 90, "tag": "0001_b"},
           {"when": 200, "tag": "0002_c"}]})");
  const auto ledger = hold(k_drizzle, {"100"});
  ASSERT_EQ(ledger.pending.size(), 1U);
  EXPECT_EQ(ledger.pending[0].id, "0002_c");
  EXPECT_EQ(ledger.troubles.size(), 1U);  // 0001_b is skipped
  std::filesystem::remove_all(m_folder.path() + "/drizzle");
  write("drizzle/20261129152522_one/migration.sql");
  write("drizzle/20261130152522_two/migration.sql");
  EXPECT_EQ(pending(k_drizzle, {"20261129152522_one"}), Names({"20261130152522_two"}));
}

TEST_F(MigrationFiles, OfADrizzleJournalThatIsNoneAreAFault) {
  write("drizzle/meta/_journal.json", "{\"entries\": [{\"when\": \"x\"}]}");
  std::vector<Ledger> none;
  write("drizzle.config.ts");
  hold_files(none, ProjectFiles({m_folder.path()}));
  ASSERT_EQ(none.size(), 1U);
  EXPECT_EQ(none[0].faults.size(), 1U);
}

TEST_F(MigrationFiles, OfSqitchInItsPlan) {
  write("sqitch.plan",
        "%syntax-version=1.0.0\n%project=shop\n\nusers 2024-01-01T00:00:00Z Ann <a@b.c> # first\n"
        "@v1 2024-01-02T00:00:00Z Ann <a@b.c>\n"
        "name [users] 2024-01-02T00:00:00Z Ann <a@b.c>\nusers [users@v1] 2024-01-03T00:00:00Z Ann "
        "<a@b.c>\n");
  EXPECT_EQ(pending(k_sqitch, {"shop:users#1"}), Names({"name", "users"}));
  EXPECT_EQ(pending(k_sqitch, {"shop:users#1", "shop:name#1", "shop:users#2"}), Names());
}

TEST_F(MigrationFiles, OfScriptsByTheNamesOfTheirFiles) {
  write("migrations/20240101_a.ts");
  write("migrations/20240102_b.ts");
  write("migrations/20240102_b.d.ts");
  write("migrations/index.ts");
  write("src/20240103_c.json");
  EXPECT_EQ(pending(k_knex, {"20240101_a"}), Names({"20240102_b.ts"}));
  EXPECT_EQ(pending(k_kysely, {"20240101_a"}), Names({"20240102_b.ts"}));
  EXPECT_EQ(pending(k_sequelize, {"20240101_a"}), Names({"20240102_b.ts"}));
}

TEST_F(MigrationFiles, OfEachTool) {
  const auto expect = [&](const Tool& tool, const Names& files, const std::string& key) {
    for (const auto& file : files) write("p/" + file, "-- migrate:up");
    EXPECT_EQ(pending(tool, {key}).size(), files.size() - 1) << tool.name;
    std::filesystem::remove_all(m_folder.path() + "/p");
  };
  expect(k_prisma, {"m/20240101_a/migration.sql", "m/20240102_b/migration.sql"}, "20240101_a");
  expect(k_diesel, {"m/2024-01-01-000000_a/up.sql", "m/2024-01-02-000000_b/up.sql"},
         "20240101000000");
  expect(k_sqlx, {"m/1_a.sql", "m/2_b.up.sql"}, "1");
  expect(k_refinery, {"m/V1__a.sql", "m/V2__b.rs", "m/U3__c.sql"}, "1");
  expect(k_dbmate, {"db/1_a.sql", "db/2_b.sql"}, "1");
  expect(k_ecto, {"priv/repo/migrations/1_a.exs", "priv/repo/migrations/2_b.exs"}, "1");
  expect(k_ef_core, {"M/20240101000000_A.cs", "M/20240102000000_B.cs"}, "20240101000000_A");
  expect(k_typeorm, {"m/1704067200000-A.ts", "m/1704153600000-B.ts"}, "1704067200000");
  expect(k_mikro_orm, {"migrations/Migration1.ts", "migrations/Migration2.ts"}, "Migration1");
  expect(k_node_pg_migrate, {"migrations/1_a.js", "migrations/2_b.sql"}, "1_a");
  expect(k_yoyo, {"migrations/1-a.sql", "migrations/2-b.py"}, "1-a");
  expect(k_pgroll, {"m/01_a.json", "m/02_b.yaml"}, "01_a");
  write("p/m/atlas.sum");
  EXPECT_TRUE(pending(k_atlas, {"20240101"}).empty());
}

TEST_F(MigrationFiles, OfAtlasBehindABaseline) {
  write("migrations/atlas.sum");
  write("migrations/20240101_a.sql");
  write("migrations/20240102_b.sql");
  write("migrations/20240103.sql");
  EXPECT_EQ(pending(k_atlas, {"20240101"}), Names({"20240102_b.sql", "20240103.sql"}));
}

TEST_F(MigrationFiles, OfATableLikeAnotherToolsSayWhoseItIs) {
  write("db/migrations/20240101_a.sql", "-- migrate:up\n");
  write("db/migrations/20240102_b.sql", "-- migrate:up\n");
  EXPECT_EQ(hold(k_rails, {"20240101"}).tool, "dbmate");
  EXPECT_EQ(pending(k_rails, {"20240101"}), Names({"20240102_b.sql"}));
}

TEST_F(MigrationFiles, AreAllPendingWhereNothingIsRecordedAnywhere) {
  write("prisma/migrations/migration_lock.toml");
  write("prisma/migrations/1_a/migration.sql");
  std::vector<Ledger> ledgers;
  hold_files(ledgers, ProjectFiles({m_folder.path()}));
  ASSERT_EQ(ledgers.size(), 1U);
  EXPECT_EQ(ledgers[0].tool, "Prisma");
  EXPECT_EQ(ledgers[0].table, "");
  EXPECT_EQ(ledgers[0].pending.size(), 1U);
}

TEST_F(MigrationFiles, OfTwoToolsWithoutARowAreNobodysForSure) {
  write("prisma/migrations/migration_lock.toml");
  write("prisma/migrations/1_a/migration.sql");
  write("sqitch.plan", "%project=shop\nusers 2024 Ann <a@b.c>\n");
  std::vector<Ledger> ledgers;
  hold_files(ledgers, ProjectFiles({m_folder.path()}));
  EXPECT_TRUE(ledgers.empty());
}

}  // namespace
}  // namespace pgmend::ledger
