// SPDX-License-Identifier: MIT
// Migrations as a source, beyond what the projects show.
#include "migrating.hpp"

namespace pgmend::test {
namespace {

using Migrations = MigratingTest;

constexpr auto k_create = "    op.execute('CREATE TABLE t (id int)')\n";

TEST_F(Migrations, AllHeadsAreAppliedAndSaid) {
  write_revision("a", "", k_create);
  write_revision("b", "a", "    op.execute('ALTER TABLE t ADD b int')\n");
  write_revision("c", "a", "    op.execute('ALTER TABLE t ADD c int')\n");
  m_project.database().exec("CREATE TABLE t (id int, b int)");
  record({"b", "c"});
  const auto run = m_project.pgmend({"verify", "--schema", "alembic:"});
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.out), "alembic.ini has 2 heads, all were applied: b, c"));
  EXPECT_TRUE(contains(run.out, "t.c missing"));
  EXPECT_TRUE(contains(run.out, "1 difference"));
}

TEST_F(Migrations, RolesAreMadeOnAPrivateServer) {
  write_revision("a", "",
                 std::string(k_create) +
                     "    op.execute('GRANT SELECT ON t TO reports')\n"
                     "    op.execute('SET LOCAL ROLE \"Night Shift\"')\n"
                     "    op.execute('ALTER TABLE t ADD n int')\n");
  m_project.database().exec("CREATE TABLE t (id int, n int)");
  record({"a"});
  const auto run = m_project.pgmend_with_scratch("", {"verify", "--schema", "alembic:"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(
      contains_in_order(unwrapped(run.out), {"role reports was made on the scratch server",
                                             "role Night Shift was made on the scratch server"}));
  EXPECT_EQ(m_project.database().value("SELECT count(*) FROM pg_roles WHERE rolname = 'reports'"),
            "0");
}

TEST_F(Migrations, ASpecInAFolderAboveNamesTheProject) {
  write_revision("a", "", k_create);
  m_project.folder().write("pgmend.yaml", "schema: 'alembic:'\n");
  m_project.folder().write("docs/readme.txt", "");
  const auto run = m_project.pgmend_in("docs", {"verify"});
  EXPECT_EQ(run.exit_code, 5) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "✗ t missing"));
}

TEST_F(Migrations, AreTakenWhereThereIsNoSpec) {
  write_revision("a", "", k_create);
  record({"a"});
  for (const auto* command : {"verify", "plan", "ensure"}) {
    const auto run = m_project.pgmend({command});
    EXPECT_NE(run.exit_code, 2) << testing::PrintToString(run);
    EXPECT_TRUE(contains(run.out + run.err, "alembic:"));
  }
  EXPECT_EQ(m_project.database().value("SELECT to_regclass('t')"), "t");
  // A spec that is there is what is meant.
  m_project.folder().write("pgmend.yaml", "tables: {t: {columns: {id: int, n: int}}}\n");
  EXPECT_EQ(m_project.pgmend({"verify"}).exit_code, 1);
}

TEST_F(Migrations, MayBeNamedWithoutTheColon) {
  write_revision("a", "", k_create);
  m_project.folder().write("alembic/readme", "");
  m_project.database().exec("CREATE TABLE t (id int)");
  record({"a"});
  EXPECT_EQ(m_project.pgmend({"verify", "--schema", "alembic"}).exit_code, 0);
  for (const auto* spec : {"alembic", "[alembic]", "[alembic:]", "'alembic:'"}) {
    m_project.folder().write("pgmend.yaml", std::string("schema: ") + spec + "\n");
    m_project.folder().write("docs/readme", "");
    const auto run = m_project.pgmend_in("docs", {"verify"});
    EXPECT_EQ(run.exit_code, 0) << spec << testing::PrintToString(run);
  }
  const auto run = m_project.pgmend({"verify", "--schema", "sqlalchemy"});
  EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.err, "it names no module"));
}

// `alembic init` leaves a URL that leads nowhere, and env.py takes it as it stands.
TEST_F(Migrations, TheUrlOfAlembicIniIsHandedOver) {
  write_revision("a", "", k_create);
  m_project.folder().write("alembic.ini",
                           "[alembic]\nscript_location = migrations\n"
                           "sqlalchemy.url = driver://user:pass@localhost/dbname\n");
  write_env(R"py(
from alembic import context
from sqlalchemy import engine_from_config
section = context.config.get_section(context.config.config_ini_section)
with engine_from_config(section).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
)py");
  EXPECT_TRUE(contains(lock(), "table public.t"));
}

TEST_F(Migrations, OnTheTargetsOwnServerWhereThatIsSaid) {
  write_revision("a", "", k_create);
  const auto before = m_project.database().fingerprint();
  const auto run =
      m_project.pgmend_with_scratch("target", {"verify", "--schema", "alembic:", "--verbose"});
  EXPECT_EQ(run.exit_code, 5) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.out), "the target's own server"));
  EXPECT_EQ(m_project.database().fingerprint(), before);
}

// A table of any name that has Alembic's one column, and another that only looks like it.
// Nothing but Alembic speaks of it: nobody makes it in a migration.
TEST_F(Migrations, TheSchemaOfTheVersionTableIsOnlyInTheRealDatabase) {
  write_revision("a", "", "    op.execute('CREATE TABLE t (id int)')\n");
  write_env(R"py(
import os
from alembic import context
from sqlalchemy import create_engine
with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection, version_table="steps", version_table_schema="Ops 1")
    with context.begin_transaction():
        context.run_migrations()
)py");
  const auto text = lock();
  EXPECT_TRUE(contains(text, "table public.t "));
  EXPECT_TRUE(contains_not(text, "steps"));
}

TEST_F(Migrations, VersionTablesAreNobodysDrift) {
  write_revision("a", "", k_create);
  m_project.database().exec(
      "CREATE TABLE t (id int);"
      "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
      "CREATE TABLE history (version_num varchar(32) NOT NULL)");
  const std::vector<std::string> diff = {"diff", "alembic:", m_project.database().url()};
  auto run = m_project.pgmend(diff);
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  m_project.database().exec("ALTER TABLE history ADD note text");
  run = m_project.pgmend(diff);
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "1 difference"));
}

}  // namespace
}  // namespace pgmend::test
