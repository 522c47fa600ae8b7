// SPDX-License-Identifier: MIT
// Migrations that build nothing, or not all: exit code 2, what happened, where, and what to do.
#include <filesystem>

#include "migrating.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

using BadMigrations = MigratingTest;

constexpr auto k_create = "    op.execute('CREATE TABLE t (id int)')\n";

TEST_F(BadMigrations, NoConfiguration) {
  std::filesystem::remove(m_project.folder().path("alembic.ini"));
  expect_refused({"alembic.ini: there is no such file", "hint: name it: alembic:path/alembic.ini"});
  m_project.folder().write("backend/alembic.ini", "[alembic]\nscript_location = migrations\n");
  expect_refused({"alembic.ini: there is no such file", "hint: there is: alembic:backend"});
}

TEST_F(BadMigrations, NoMigrationsAndNoSuchFolder) {
  expect_refused({"there are no migrations in migrations", "hint: is script_location"});
  m_project.folder().write("alembic.ini", "[alembic]\nscript_location = elsewhere\n");
  expect_refused({"Path doesn't exist", "elsewhere"});
}

TEST_F(BadMigrations, ARevisionThatIsNotThere) {
  write_revision("b", "lost", k_create);
  expect_refused({"there is no revision lost, which another names as its down_revision"});
}

TEST_F(BadMigrations, SqlWithAnError) {
  write_revision("a", "", "    op.execute('CREATE TABEL t (id int)')\n");
  expect_refused({"migrations/versions/a.py:6: syntax error at or near \"TABEL\"",
                  "hint: the statement: CREATE TABEL t (id int)"});
  EXPECT_EQ(m_project.database().value(
                "SELECT count(*) FROM pg_database WHERE datname LIKE 'pgmend_scratch_%'"),
            "0");
}

TEST_F(BadMigrations, HeadsThatDoNotGoTogether) {
  write_revision("a", "", k_create);
  write_revision("b", "", k_create);
  expect_refused({"relation \"t\" already exists", "hint: the statement: CREATE TABLE t"});
}

TEST_F(BadMigrations, EnvThatNeedsAVariableOrGivesUp) {
  write_revision("a", "", k_create);
  write_env("import os\nos.environ['SECRET_KEY']\n");
  expect_refused({"migrations/env.py:2: KeyError: 'SECRET_KEY'",
                  "hint: set the variables that the project's code reads"});
  write_env("import sys\nsys.exit('not today')\n");
  expect_refused({"migrations/env.py:2: SystemExit: not today"});
}

// As `alembic init -t multidb` writes it: a transaction for each database, all open until the end.
TEST_F(BadMigrations, SeveralDatabasesThatAreOneHere) {
  write_revision("a", "", k_create);
  write_env(R"py(
import os
from alembic import context
from sqlalchemy import create_engine
begun = []
for name in ("one", "two"):
    connection = create_engine(os.environ["DATABASE_URL"]).connect()
    begun.append(connection.begin())
    context.configure(connection=connection, version_table="version_of_" + name)
    context.run_migrations()
)py");
  expect_refused({"its migrations wait for each other: env.py connects to several databases",
                  "hint: a check is of one database"});
}

TEST_F(BadMigrations, EnvThatConnectsToNothing) {
  write_revision("a", "", k_create);
  write_env("from alembic import context\n");
  expect_refused({"alembic.ini: its env.py connected to no database", "hint:"});
}

// With SQLAlchemy 2 a statement before configure() has the whole chain rolled back, and Alembic
// says that it is done; with 1.4 the same happens where the transaction is the project's own.
TEST_F(BadMigrations, NothingOfItWasCommitted) {
  write_revision("a", "", k_create);
  write_env(text::replace_all(k_env, "    context.configure(connection",
                              "    connection.begin()\n    context.configure(connection"));
  expect_refused({"ran without an error, but nothing of them was committed",
                  "hint: does env.py execute a statement before context.configure()?"});
}

TEST_F(BadMigrations, ACodeThatDoesNotEnd) {
  write_revision("a", "", "    import time\n    time.sleep(1000)\n");
  expect_refused({"did not come to an end in 1 second", "hint: give it longer: --python-timeout"},
                 {"--python-timeout", "1"});
}

TEST_F(BadMigrations, AnExtensionThatScratchLacks) {
  write_revision("a", "", "    op.execute('CREATE EXTENSION nosuchextension')\n");
  expect_refused({"extension \"nosuchextension\" is not available",
                  "hint: install it for the scratch server", "--scratch URL"});
}

TEST_F(BadMigrations, ARoleThatANamedScratchServerLacks) {
  write_revision(
      "a", "", std::string(k_create) + "    op.execute('GRANT SELECT ON t TO nobody_has_this')\n");
  expect_refused({"role \"nobody_has_this\" does not exist", "hint: the statement: GRANT SELECT"});
}

}  // namespace
}  // namespace pgmend::test
