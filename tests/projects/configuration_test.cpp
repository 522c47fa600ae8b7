// SPDX-License-Identifier: MIT
// Where a project's Alembic is configured: in another folder, in Flask-Migrate's, in pyproject.toml
// beside an alembic.ini. What migrations are run from is what is pending, too.
#include <csignal>
#include <filesystem>

#include "migrating.hpp"

namespace pgmend::test {
namespace {

namespace fs = std::filesystem;

constexpr auto k_toys = "    op.execute('CREATE TABLE toys (id int)')\n";
constexpr auto k_pets = "    op.execute('CREATE TABLE pets (id int)')\n";

class Configuration : public MigratingTest {
 protected:
  Configuration() {
    write_revision("a1", "", k_toys);
    write_revision("a2", "a1", k_pets);
    m_project.database().exec("CREATE TABLE toys (id int)");
    record({"a1"});
  }

  void move_to(const std::string& folder) const {
    fs::create_directories(m_project.folder().path(folder));
    for (const auto* name : {"alembic.ini", "migrations"})
      fs::rename(m_project.folder().path(name), m_project.folder().path(folder + "/" + name));
  }

  void expect_pending(const std::string& source,
                      const std::vector<std::string>& further = {}) const {
    std::vector<std::string> args = {"ensure", "--schema", source};
    args.insert(args.end(), further.begin(), further.end());
    const auto before = m_project.database().fingerprint();
    const auto run = m_project.pgmend(args);
    EXPECT_EQ(run.exit_code, 5) << testing::PrintToString(run);
    EXPECT_TRUE(contains_in_order(unwrapped(run.out), {"pending - 1 migration to run first: a2",
                                                       "a1 is applied; still to run: a2"}));
    EXPECT_EQ(m_project.database().fingerprint(), before);
  }
};

TEST_F(Configuration, InAnotherFolderIsWhereTheScriptsAreLookedFor) {
  move_to("backend");
  expect_pending("alembic:backend/alembic.ini");
  expect_pending("alembic:backend");
  m_project.folder().write("alembic.ini", "[alembic]\nscript_location = nowhere\n");
  expect_pending("alembic:backend/alembic.ini");
  m_project.database().exec(
      "CREATE TABLE pets (id int); UPDATE alembic_version SET version_num = 'a2'");
  const auto run = m_project.pgmend({"verify", "--schema", "alembic:backend/alembic.ini"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "a2 (head) is applied"));
}

TEST_F(Configuration, WhatTheCommandLineNamesComesFirst) {
  fs::create_directories(m_project.folder().path("old"));
  fs::copy(m_project.folder().path("migrations"), m_project.folder().path("old/migrations"),
           fs::copy_options::recursive);
  fs::remove(m_project.folder().path("old/migrations/versions/a2.py"));
  m_project.folder().write("old/alembic.ini", "[alembic]\nscript_location = %(here)s/migrations\n");
  const auto run =
      m_project.pgmend({"verify", "--schema", "alembic:", "--alembic-config", "old/alembic.ini"});
  EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "a1 (head) is applied"));
}

TEST_F(Configuration, OfASpecInAFolderAbove) {
  move_to("backend");
  m_project.folder().write("pgmend.yaml", "schema: ['alembic:backend/alembic.ini']\n");
  m_project.folder().write("docs/readme.txt", "");
  const auto run = m_project.pgmend_in("docs", {"ensure"});
  EXPECT_EQ(run.exit_code, 5) << testing::PrintToString(run);
  EXPECT_TRUE(contains(unwrapped(run.out), "pending - 1 migration to run first: a2"));
}

// Its alembic.ini stands among the scripts, and does not say where they are.
TEST_F(Configuration, OfFlaskMigrate) {
  fs::remove(m_project.folder().path("alembic.ini"));
  m_project.folder().write("migrations/alembic.ini", "[alembic]\n");
  // Of Poetry, say.
  m_project.folder().write("pyproject.toml", "[tool.poetry]\nname = 'shop'\nx = [\n  'y',\n]\n");
  expect_pending("alembic:migrations");
  expect_pending("alembic:migrations/alembic.ini");
  expect_pending("alembic:");
  expect_pending("alembic:migrations", {"--alembic-config", "migrations/alembic.ini"});
  m_project.folder().write("new.sql", "CREATE TABLE toys (id int); CREATE TABLE pets (id int);");
  expect_pending("new.sql");
}

/// A newer Alembic than Debian's, from PyPI.
class PyprojectTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (s_python.empty()) GTEST_SKIP() << "PyPI cannot be reached";
  }
  static void SetUpTestSuite() {
    s_venv = std::make_unique<TempFolder>();
    const auto python = s_venv->path("venv/bin/python");
    if (run({PGMEND_PYTHON, "-m", "venv", s_venv->path("venv")}) &&
        run({python, "-m", "pip", "install", "--quiet", "alembic>=1.16", "psycopg[binary]",
             "asyncpg", "greenlet"}))
      s_python = python;
  }
  static void TearDownTestSuite() { s_venv.reset(); }

  /// The environment of this process: pip is told there which index and certificates to use.
  static bool run(std::vector<std::string> argv) {
    subprocess::Command command;
    command.argv = std::move(argv);
    command.env = subprocess::current_environment();
    command.timeout = std::chrono::minutes(5);
    command.death_signal = SIGKILL;
    return subprocess::run(command).ok();
  }

  static inline std::unique_ptr<TempFolder> s_venv;
  static inline std::string s_python;  // empty: there is none
};

/// What `alembic init -t` writes, with a revision of one table for each of these ids.
class InitialProject {
 public:
  InitialProject(const std::string& python, const std::string& form, const std::string& folder)
      : m_project({.python = python}), m_folder(folder) {
    if (!folder.empty()) fs::create_directories(m_project.folder().path(folder));
    m_project.folder().write(in("pyproject.toml"),
                             "[project]\nname = \"shop\"\nversion = \"1\"\n"
                             "dependencies = [\n  \"alembic\",\n  \"SQLAlchemy>=2\",\n]\n");
    m_project.must_run({"-c",
                        "import os, sys; os.chdir(sys.argv[2] or '.');"
                        "from alembic.config import main;"
                        "main(['init', '-t', sys.argv[1], 'migrations'])",
                        form, folder});
    m_project.folder().write(in("migrations/versions/a1.py"), revision("a1", "None", "toys"));
    m_project.folder().write(in("migrations/versions/a2.py"), revision("a2", "'a1'", "pets"));
    m_project.database().exec(
        "CREATE TABLE toys (id integer);"
        "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
        "INSERT INTO alembic_version VALUES ('a1')");
  }

  void expect_pending(const std::string& source) const {
    const auto run = m_project.pgmend({"ensure", "--schema", source});
    EXPECT_EQ(run.exit_code, 5) << testing::PrintToString(run);
    EXPECT_TRUE(contains(unwrapped(run.out), "pending - 1 migration to run first: a2"));
    EXPECT_EQ(m_project.database().value("SELECT to_regclass('pets')"), "");
  }

 private:
  std::string in(const std::string& file) const {
    return m_folder.empty() ? file : m_folder + "/" + file;
  }
  static std::string revision(const std::string& id, const std::string& down,
                              const std::string& table) {
    return "from alembic import op\nimport sqlalchemy as sa\nrevision = '" + id +
           "'\ndown_revision = " + down + "\n\n\ndef upgrade():\n    op.create_table('" + table +
           "', sa.Column('id', sa.Integer))\n";
  }

  Project m_project;
  std::string m_folder;
};

TEST_P(PyprojectTest, BesideAnAlembicIni) {
  const InitialProject project(s_python, GetParam(), "");
  project.expect_pending("alembic:");
  project.expect_pending("alembic:alembic.ini");
  project.expect_pending("alembic:pyproject.toml");
}

TEST_P(PyprojectTest, InAnotherFolder) {
  const InitialProject project(s_python, GetParam(), "backend");
  project.expect_pending("alembic:backend");
  project.expect_pending("alembic:backend/alembic.ini");
}

INSTANTIATE_TEST_SUITE_P(Templates, PyprojectTest, testing::Values("pyproject", "pyproject_async"));

}  // namespace
}  // namespace pgmend::test
