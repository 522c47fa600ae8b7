// SPDX-License-Identifier: MIT
// What models and migrations came to is kept as long as nothing has changed that it was made of.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {
namespace {

class KeptProject : public testing::Test {
 protected:
  explicit KeptProject(const std::string& folder = "",
                       std::string source = "sqlalchemy:models:Base")
      : m_project(Project::Options{.folder = folder}), m_source(std::move(source)) {
    m_project.set("XDG_CACHE_HOME", cache());
    std::filesystem::create_directory(cache());
  }

  /// A table whose name comes from elsewhere, behind some code.
  void models(const std::string& code, const std::string& column = "Integer") const {
    write("models.py",
          "import datetime, os, random, uuid\nfrom sqlalchemy import *\n"
          "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n" +
              code +
              "\nclass Thing(Base):\n    __tablename__ = globals().get('name', 'thing')\n"
              "    id = Column(Integer, primary_key=True)\n    made = Column(" +
              column + ")\n");
  }
  void write(const std::string& file, const std::string& text) const {
    m_project.folder().write(file, text);
  }

  bool was_loaded() const {
    const auto result = m_project.pgmend_with_scratch("", {"verify", "--schema", m_source});
    EXPECT_TRUE(contains(result.out, "expected: ")) << testing::PrintToString(result);
    return std::regex_replace(result.out, std::regex("\\s+"), " ")
               .find("not loaded again (--no-cache does)") == std::string::npos;
  }
  void expect_loaded_once(const char* why) const {
    EXPECT_TRUE(was_loaded()) << why;
    EXPECT_FALSE(was_loaded()) << "again, and " << why;
  }
  void expect_not_kept(const std::string& why) const {
    EXPECT_TRUE(was_loaded());
    for (const auto& entry : std::filesystem::recursive_directory_iterator(cache()))
      EXPECT_NE(".compiled", entry.path().extension()) << why;
  }
  std::string cache() const { return m_project.folder().path("cache"); }
  Project& project() { return m_project; }

 private:
  Project m_project;
  std::string m_source;
};

TEST_F(KeptProject, ModelsAreLoadedAgainWhenSomethingOfThemChanged) {
  write("helper.py", "NAME = 'thing'");
  models(
      "import helper\nname = helper.NAME + os.environ.get('SUFFIX', '')\n"
      "class Look: stat = os.stat  # as pathlib has it until Python 3.10\nLook().stat('.')\n"
      "if os.path.exists('flag'): name += '_flagged'\n");
  expect_loaded_once("nothing is known");
  write("helper.py", "NAME = 'other'");
  expect_loaded_once("a module changed that is imported");
  project().set("SUFFIX", "_x");
  expect_loaded_once("a variable is set that is read");
  project().set("OF_NO_USE", "1");
  EXPECT_FALSE(was_loaded()) << "nobody reads it";
  write("flag", "");
  expect_loaded_once("a file is there that was looked for");
  write("sqlalchemy.py", "raise SystemExit('not the library')");
  EXPECT_TRUE(contains(
      project().pgmend_with_scratch("", {"verify", "--schema", "sqlalchemy:models:Base"}).err,
      "not the library"));
}

TEST_F(KeptProject, ModelsThatLookElsewhereAreLoadedEachTime) {
  for (const auto* code :
       {"name = f'thing_{datetime.datetime.now():%Y}'",
        "name = f'thing_{datetime.date.today():%Y}'",
        "import time; name = f'thing_{int(time.time()) // 10**9}'",
        "name = f'thing_{uuid.uuid4().hex[0]}'", "name = f'thing_{random.randint(1, 2)}'",
        "import subprocess; name = subprocess.run(['echo', 'thing'], "
        "stdout=-1).stdout.decode().strip()",
        "import socket; name = socket.gethostname()[:1]", "open('/proc/uptime').read()",
        "import threading; threading.Thread(target=print).start()"}) {
    models(code);
    expect_not_kept(code);
  }
}

TEST_F(KeptProject, WhatRunsLaterDoesNoHarm) {
  models("import logging; logging.getLogger().warning('hello')",
         "DateTime, default=datetime.datetime.utcnow, onupdate=lambda: datetime.datetime.now(), "
         "server_default=func.now()");
  expect_loaded_once("nothing is known");
}

class KeptMigrations : public KeptProject {
 protected:
  KeptMigrations() : KeptProject("examples/bookshop", "alembic:") {}
  void add_migration(const std::string& upgrade) const {
    write("migrations/versions/0004_more.py",
          "import datetime\nfrom alembic import op\nimport sqlalchemy as sa\n"
          "revision = '0004'\ndown_revision = '0003'\n\n\ndef upgrade():\n    " +
              upgrade + "\n");
  }
};

TEST_F(KeptMigrations, AreLoadedAgainWhenSomethingOfThemChanged) {
  expect_loaded_once("nothing is known");
  add_migration("op.add_column('books', sa.Column('pages', sa.Integer))");
  expect_loaded_once("there is another one");
  add_migration("op.add_column('books', sa.Column('sheets', sa.Integer))");
  expect_loaded_once("it has changed");
  write("alembic.ini", project().folder().read("alembic.ini") + "\n");
  expect_loaded_once("so has alembic.ini");
}

TEST_F(KeptMigrations, ThatLookAtTheDayAreLoadedEachTime) {
  for (const auto* upgrade :
       {"op.create_table(f'orders_{datetime.date.today():%Y}', sa.Column('id', sa.Integer))",
        "op.execute(\"DO $$ BEGIN IF now() > '2020-01-01' THEN CREATE TABLE late (); END IF; END "
        "$$\")",
        "op.get_bind().connection.cursor().execute(\"DO $$ BEGIN IF now() > '2020-01-01' THEN "
        "CREATE TABLE late (); END IF; END $$\")"}) {
    add_migration(upgrade);
    expect_not_kept(upgrade);
  }
}

}  // namespace
}  // namespace pgmend::test
