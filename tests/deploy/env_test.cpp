// SPDX-License-Identifier: MIT
// examples/deploy/alembic_env.py in the place of a project's env.py, under the real Alembic.
#include <gtest/gtest.h>

#include <filesystem>

#include "examples.hpp"
#include "support/matchers.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace pgmend::test {
namespace {

/// Two revisions: a1 makes users, b2 gives them a name.
class EnvExample : public testing::Test {
 protected:
  EnvExample() {
    write("alembic.ini", "[alembic]\nscript_location = migrations\n");
    write("models.py",
          "import sqlalchemy as sa\nmetadata = sa.MetaData()\n"
          "sa.Table('users', metadata, sa.Column('id', sa.Integer), sa.Column('name', sa.Text),"
          " sa.Column('mail', sa.Text))\n");
    write("migrations/env.py",
          text::replace_all(file::read_if_exists(examples() / "alembic_env.py").value_or(""),
                            "target_metadata = None",
                            "sys.path.insert(0, '.')\nimport models\n"
                            "target_metadata = models.metadata"));
    write("migrations/script.py.mako",
          "revision = '${up_revision}'\ndown_revision = ${repr(down_revision)}\n"
          "def upgrade():\n    ${upgrades}\n");
    write("pgmend.yaml", "tables: {users: {columns: {id: int, name: text}}}\n");
    revision("a1", "None", "op.execute('CREATE TABLE users (id int)')");
    revision("b2", "'a1'", "op.execute('ALTER TABLE users ADD name text')");
  }

  void write(const std::string& file, const std::string& text) const {
    m_project.folder().write(file, text);
  }
  void revision(const std::string& id, const std::string& down, const std::string& upgrade) const {
    write("migrations/versions/" + id + ".py",
          "from alembic import op\nrevision = '" + id + "'\ndown_revision = " + down +
              "\n\n\ndef upgrade():\n    " + upgrade + "\n\n\ndef downgrade():\n    pass\n");
  }
  RunResult run(const std::string& commands) const { return run_in(m_project, commands); }
  void expect_ok(const std::string& commands) const {
    const auto ended = run(commands);
    EXPECT_EQ(ended.exit_code, 0) << commands << testing::PrintToString(ended);
  }
  /// One line, and no traceback; what was migrated stays so.
  void expect_told(const std::string& commands, const std::string& line) const {
    const auto ended = run(commands);
    EXPECT_EQ(ended.exit_code, 1) << testing::PrintToString(ended);
    EXPECT_TRUE(ended.err.ends_with(line + "\n")) << testing::PrintToString(ended);
    EXPECT_TRUE(contains_not(ended.err, "Traceback"));
    EXPECT_EQ(recorded(), "b2");
  }
  std::string recorded() const {
    return m_project.database().value("SELECT version_num FROM alembic_version");
  }
  void exec(const std::string& sql) const { m_project.database().exec(sql); }
  /// What is expected is then what the migrations make.
  void without_spec() const { std::filesystem::remove(m_project.folder().path("pgmend.yaml")); }

  Project m_project;
};

TEST_F(EnvExample, VerifiesWhereTheNewestRevisionIsReached) {
  expect_ok("alembic upgrade a1");
  exec("ALTER TABLE users DROP id");
  expect_ok("alembic upgrade a1; alembic current; alembic stamp a1; alembic upgrade head --sql");
  expect_told("alembic upgrade +1",
              "migrated, but the schema is not as it should be: pgmend verify");
  // Nothing was left to run.
  expect_told("alembic upgrade head",
              "migrated, but the schema is not as it should be: pgmend verify");
  expect_ok("alembic current; alembic stamp head; alembic downgrade a1");
}

TEST_F(EnvExample, IsReachedByPythonToo) {
  const std::string upgrade =
      "python3 -c \"from alembic import command, config;"
      " command.upgrade(config.Config('alembic.ini'), 'head')\"";
  expect_ok(upgrade);
  exec(
      "ALTER TABLE users DROP id; UPDATE alembic_version SET version_num = 'a1';"
      "ALTER TABLE users DROP name");
  expect_told(upgrade, "migrated, but the schema is not as it should be: pgmend verify");
}

TEST_F(EnvExample, SaysWhyNothingWasVerified) {
  without_spec();
  expect_told("PGMEND=no-such-program alembic upgrade head",
              "migrated, but not verified: no-such-program: No such file or directory");
  expect_told("PGMEND_PG_BIN=/nonexistent alembic upgrade head",
              "migrated, but not verified: pgmend ended with 3");
}

// It would look at the scratch database, or twice, and end the command in the middle of a run.
TEST_F(EnvExample, DoesNothingWhereItIsPgmendThatRunsIt) {
  without_spec();
  expect_ok("pgmend migrate --schema alembic: -- alembic upgrade head");
  exec("ALTER TABLE users DROP id");
  const auto check = run("pgmend migrate --check -- alembic upgrade head");
  EXPECT_EQ(check.exit_code, 1) << testing::PrintToString(check);
  EXPECT_TRUE(contains(check.out, "users.id missing"));
  expect_ok("pgmend migrate -- alembic upgrade head");
}

TEST_F(EnvExample, KnowsTheModels) {
  expect_ok("alembic upgrade head; alembic revision --autogenerate --rev-id c3");
  EXPECT_TRUE(contains(m_project.folder().read("migrations/versions/c3_.py"), "'mail'"));
}

// Where branches wait for each other, the row of the one that is waited for goes.
TEST_F(EnvExample, KnowsWhenAllBranchesAreAtTheirHeads) {
  write("migrations/versions/c3.py",
        "revision = 'c3'\ndown_revision = None\ndepends_on = 'b2'\n\n\n"
        "def upgrade():\n    pass\n");
  expect_ok("alembic upgrade heads");
  exec("ALTER TABLE users DROP id");
  const auto again = run("alembic upgrade heads");
  EXPECT_EQ(again.exit_code, 1) << testing::PrintToString(again);
}

}  // namespace
}  // namespace pgmend::test
