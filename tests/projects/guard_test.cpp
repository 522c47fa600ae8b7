// SPDX-License-Identifier: MIT
// Whatever the code of a project connects to, it reaches the scratch database: the real one, which
// all of its settings name, stays as it is.
#include <filesystem>

#include "migrating.hpp"

namespace pgmend::test {
namespace {

class Guard : public MigratingTest {
 protected:
  Guard() : m_before(m_project.database().fingerprint()) {}
  ~Guard() override { EXPECT_EQ(m_project.database().fingerprint(), m_before); }

 private:
  std::string m_before;
};

TEST_F(Guard, EnginesOfAnySortAreLedToScratch) {
  write_revision("a", "", R"py(
    import os, psycopg2
    url = os.environ["DATABASE_URL"]
    plain = url.replace("postgresql+psycopg2", "postgresql")
    one = sa.create_engine("postgresql+psycopg2://", creator=lambda: psycopg2.connect(plain))
    two = sa.create_engine("postgresql+psycopg2://", connect_args={"host": "db.example", "dbname": "prod"})
    for name, engine in (("one", one), ("two", two)):
        with engine.begin() as connection:
            connection.execute(sa.text(f"CREATE TABLE by_{name} (id int)"))
    with psycopg2.connect("host=db.example dbname=prod password=x") as raw:
        raw.cursor().execute("CREATE TABLE by_three (id int)")
)py");
  const auto text = lock();
  for (const auto* table : {"table public.by_one", "table public.by_two", "table public.by_three"})
    EXPECT_TRUE(contains(text, table));
}

TEST_F(Guard, OptionsOfTheConnectionAreKept) {
  write_env(R"py(
import os
from alembic import context
from sqlalchemy import create_engine, text
engine = create_engine(os.environ["DATABASE_URL"],
                       connect_args={"options": "-c search_path=app,public"})
with engine.begin() as connection:
    connection.execute(text("CREATE SCHEMA app"))
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
)py");
  write_revision("a", "", "    op.create_table('t', sa.Column('id', sa.Integer))\n");
  EXPECT_TRUE(contains(lock(), "table app.t"));
}

TEST_F(Guard, AddressesOfTheRealDatabaseAreNotEvenSeen) {
  m_project.folder().write(".env", "REPORTS_DSN=postgresql://app:x@db.example/reports\n");
  write_revision("a", "", R"py(
    import os
    from sqlalchemy.engine import make_url
    for name in ("DATABASE_URL", "REPORTS_DSN"):
        op.execute(f'CREATE TABLE "{name}@{make_url(os.environ[name]).host}" (id int)')
)py");
  const auto text = lock();
  EXPECT_TRUE(contains(text, "DATABASE_URL@pgmend-scratch.invalid"));
  EXPECT_TRUE(contains(text, "REPORTS_DSN@pgmend-scratch.invalid"));
}

TEST_F(Guard, ProgramsThatAMigrationStartsFindTheScratchDatabase) {
  write_revision("a", "", R"py(
    import subprocess
    subprocess.run(["psql", "-Xqc", "CREATE TABLE by_psql (id int)"], check=True)
)py");
  EXPECT_TRUE(contains(lock(), "table public.by_psql"));
}

TEST_F(Guard, AnotherSystemIsRefusedAndGetsNoFile) {
  write_env(R"py(
from alembic import context
from sqlalchemy import create_engine
try:
    connection = create_engine("sqlite:///app.db").connect()
except Exception:
    pass
)py");
  write_revision("a", "", "    pass\n");
  expect_refused({"migrations/env.py:5: it connects to sqlite, not to PostgreSQL",
                  "hint: set the variable that it reads its URL from"});
  EXPECT_FALSE(std::filesystem::exists(m_project.folder().path("app.db")));
}

TEST_F(Guard, TheFolderOfTheProjectStaysAsItIs) {
  write_revision("a", "", "    op.execute('CREATE TABLE t (id int)')\n");
  lock();
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(m_project.folder().path()))
    if (entry.is_regular_file()) ++files;
  EXPECT_EQ(files, 4);  // alembic.ini, env.py, a.py, schema.lock
}

}  // namespace
}  // namespace pgmend::test
