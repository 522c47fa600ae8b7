// SPDX-License-Identifier: MIT
// The first pgmend.yaml: what it cannot say is told, and drift is not written down as right.
#include <filesystem>

#include "migrating.hpp"

namespace pgmend::test {
namespace {

class Init : public MigratingTest {
 protected:
  Init() {
    write_revision("a", "",
                   "    op.execute('CREATE TABLE t (id int, n text)')\n"
                   "    op.execute('CREATE VIEW v AS SELECT 1 AS one')\n");
  }

  std::string written() { return m_project.folder().read("pgmend.yaml"); }
};

TEST_F(Init, OfADatabaseAsItsMigrationsMakeItIsWritten) {
  m_project.database().exec("CREATE TABLE t (id int, n text); CREATE VIEW v AS SELECT 1 AS one");
  record({"a"});
  const auto run = m_project.pgmend({"init"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "wrote pgmend.yaml"));
  EXPECT_TRUE(contains(written(), "t:"));
  EXPECT_TRUE(contains_not(written(), "alembic_version"));
  EXPECT_TRUE(contains(run.out, "without pgmend.yaml, the migrations are what is expected"));
}

TEST_F(Init, WritesNoDriftDownAsRight) {
  m_project.database().exec("CREATE TABLE t (id int); CREATE VIEW v AS SELECT 1 AS one");
  record({"a"});
  auto run = m_project.pgmend({"init"});
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains_in_order(
      unwrapped(run.err),
      {"the database differs from its migrations", "1 difference", "nothing was written",
       "hint:", "pgmend verify --schema alembic:", "pgmend init --force"}));
  EXPECT_FALSE(std::filesystem::exists(m_project.folder().path("pgmend.yaml")));
  // The hint's command, as it stands.
  run = m_project.pgmend({"verify", "--schema", "alembic:"});
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "t.n missing"));
  run = m_project.pgmend({"init", "--force"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains_not(written(), "n: text"));
  EXPECT_TRUE(contains(run.out, "it differs from its migrations"));
}

TEST_F(Init, WhatIsToComeIsNoDrift) {
  m_project.database().exec("CREATE TABLE t (id int, n text); CREATE VIEW v AS SELECT 1 AS one");
  record({"a"});
  write_revision("b", "a", "    op.add_column('t', sa.Column('later', sa.Text()))\n");
  const auto run = m_project.pgmend({"init"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.out), "not held against its migrations: "));
}

TEST_F(Init, OfWhatNoMigrationMakesItIsTold) {
  m_project.database().exec(
      "CREATE TABLE t (id int, n text); CREATE VIEW v AS SELECT 1 AS one;"
      "CREATE TABLE by_hand (id int)");
  record({"a"});
  const auto run = m_project.pgmend({"init"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(
      contains(unwrapped(run.out), "no migration makes, and written all the same: by_hand"));
}

TEST_F(Init, OnlyWhatIsAskedForIsCompared) {
  m_project.database().exec(
      "CREATE TABLE t (id int); CREATE TABLE u (id int); CREATE VIEW v AS SELECT 1 AS one");
  record({"a"});
  const auto run = m_project.pgmend({"init", "--table", "u"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
}

TEST_F(Init, WhereTheMigrationsCannotBeReadItIsTold) {
  m_project.database().exec("CREATE TABLE t (id int)");
  write_revision("a", "", "    raise RuntimeError('no')\n");
  const auto run = m_project.pgmend({"init"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains_in_order(unwrapped(run.out), {"not held against its migrations", "no"}));
  EXPECT_TRUE(contains(written(), "t:"));
}

TEST_F(Init, ForStdoutOnlyTheFileIsThere) {
  m_project.database().exec("CREATE TABLE t (id int, n text); CREATE VIEW v AS SELECT 1 AS one");
  record({"a"});
  const auto run = m_project.pgmend({"init", "--output", "-"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(run.out.starts_with("# What pgmend expects")) << run.out;
  EXPECT_TRUE(contains_not(run.out, "wrote"));
}

}  // namespace
}  // namespace pgmend::test
