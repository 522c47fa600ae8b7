// SPDX-License-Identifier: MIT
// Models that cannot be read: exit code 2, what happened, where, and what to do.
#include <gtest/gtest.h>

#include "cli/cli.hpp"
#include "project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {
namespace {

class BadModels : public testing::Test {
 protected:
  void expect(const std::string& source, const std::vector<std::string>& said) {
    const auto run = m_project.pgmend({"compile", source, "-o", "schema.lock"});
    EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(run);
    EXPECT_TRUE(contains_in_order(unwrapped(run.err), said));
    EXPECT_TRUE(contains_not(run.err, "Traceback"));
  }

  void write(const std::string& text) { m_project.folder().write("models.py", text); }

  Project m_project;
};

TEST_F(BadModels, NoSuchModuleNamesThePathTried) {
  expect("sqlalchemy:app.models:Base",
         {"there is no module app in " + m_project.folder().path(), "hint: name it as an import"});
}

TEST_F(BadModels, AFileIsNoModule) {
  expect("sqlalchemy:app/models.py:Base", {"is a file, not a module", "hint:"});
  expect("sqlalchemy:", {"it names no module", "hint: as Python imports it"});
}

TEST_F(BadModels, AttributeMissingOrOfAnotherSort) {
  write("from sqlalchemy.orm import declarative_base\nBase = declarative_base()\nother = 5\n");
  expect("sqlalchemy:models:Bose", {"module models has no Bose", "hint: it has: Base"});
  expect("sqlalchemy:models.Base",
         {"there is no module models.Base", "did you mean: sqlalchemy:models:Base?"});
  expect("sqlalchemy:models:other", {"no declarative base and no MetaData, but int"});
}

TEST_F(BadModels, EmptyMetadataIsRefused) {
  write("from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n");
  expect("sqlalchemy:models:Base", {"no table is defined", "hint: name them too"});
  write("x = 1\n");
  expect("sqlalchemy:models", {"no declarative base and no MetaData was found"});
}

TEST_F(BadModels, ErrorsOfTheirOwnAreToldWithTheLastLineAndThePlace) {
  write("def f():\n    raise ValueError('no such thing')\nf()\n");
  expect("sqlalchemy:models:Base", {"models.py:2: ValueError: no such thing"});
  write("x = 1\nx = (\n");
  expect("sqlalchemy:models:Base", {"models.py:2: SyntaxError: "});
  write("import nosuchlibrary\n");
  expect("sqlalchemy:models:Base", {"models.py:1: ModuleNotFoundError: No module named",
                                    "nosuchlibrary", "hint: imported in", "--python FILE"});
  write("import os\nurl = os.environ['NEEDED_URL']\n");
  expect("sqlalchemy:models:Base", {"models.py:2: KeyError: 'NEEDED_URL'",
                                    "hint: set the variables that the project's code reads"});
  write("import sys\nprint('{}')\nsys.exit(0)\n");
  expect("sqlalchemy:models:Base", {"models.py:3: SystemExit: 0"});
  write("import os\nos.abort()\n");
  expect("sqlalchemy:models:Base", {"it ended with signal 6"});
}

TEST_F(BadModels, PasswordsAreNotTold) {
  write("raise ValueError('cannot read postgresql://app:s3cret@db/shop')\n");
  const auto run = m_project.pgmend({"compile", "sqlalchemy:models:Base", "-o", "schema.lock"});
  EXPECT_TRUE(contains(unwrapped(run.err), "ValueError: cannot read postgresql://app:***@db/shop"));
  EXPECT_TRUE(contains_not(run.err + run.out, "s3cret"));
}

TEST_F(BadModels, AModelThatRefersToOneThatWasNotImported) {
  write(
      "from sqlalchemy import *\nfrom sqlalchemy.orm import declarative_base\n"
      "Base = declarative_base()\nclass A(Base):\n    __tablename__ = 'a'\n"
      "    id = Column(ForeignKey('elsewhere.id'), primary_key=True)\n");
  expect("sqlalchemy:models:Base",
         {"could not find table 'elsewhere'", "hint: name the modules that define it too"});
}

TEST_F(BadModels, ConnectingWhileImportedIsRefused) {
  const std::string head = "import os, psycopg2, sqlalchemy\nurl = os.environ['DATABASE_URL']\n";
  write(head + "sqlalchemy.create_engine(url).connect()\n");
  expect("sqlalchemy:models:Base", {"models.py:3: it connects to a database while it is imported"});
  write(head + "try:\n    psycopg2.connect(url)\nexcept Exception:\n    pass\n");
  expect("sqlalchemy:models:Base", {"models.py:4: it connects to a database while it is imported"});
}

TEST_F(BadModels, WhatTheServerRefusesIsToldWithTheStatement) {
  write(
      "from sqlalchemy import *\nmetadata = MetaData()\n"
      "Table('t', metadata, Column('a', Integer), CheckConstraint('b > 1'))\n");
  expect("sqlalchemy:models:metadata", {"column \"b\" does not exist", "CREATE TABLE t"});
}

}  // namespace
}  // namespace pgmend::test
