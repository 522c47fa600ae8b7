// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "ledger/alembic_scripts.hpp"
#include "support/matchers.hpp"
#include "support/temp_folder.hpp"

namespace pgmend::ledger {
namespace {

using Texts = std::vector<std::string>;
using test::contains;

class Scripts : public testing::Test {
 protected:
  Scripts() { m_folder.write("db/versions/.keep", ""); }

  void file(const std::string& name, const std::string& text) const {
    m_folder.write("db/versions/" + name, text);
  }
  AlembicScripts read() const {
    AlembicConfig config;
    config.file = "alembic.ini";
    config.scripts = m_folder.path("db");
    for (const auto& folder : m_versions) config.versions.emplace_back(m_folder.path(folder));
    config.recursive = m_recursive;
    return read_alembic_scripts(config, m_folder.path());
  }
  Texts ids() const {
    Texts ids;
    for (const auto& script : read().scripts) ids.push_back(script.revision.id);
    return ids;
  }
  Revision only() const {
    const auto all = read();
    EXPECT_EQ(all.faults, Texts{});
    EXPECT_EQ(all.scripts.size(), 1U);
    return all.scripts.empty() ? Revision{} : all.scripts.front().revision;
  }

  test::TempFolder m_folder;
  Texts m_versions = {"db/versions"};
  bool m_recursive = false;
};

TEST_F(Scripts, AreReadAsAlembicWritesThem) {
  file("b2_add_webhooks.py",
       "\"\"\"add webhooks\n\nRevision ID: b2\nRevises: a1\n\"\"\"\n"
       "from typing import Sequence, Union\n\nfrom alembic import op\n\n\n"
       "# revision identifiers, used by Alembic.\n"
       "revision: str = 'b2'\ndown_revision: Union[str, Sequence[str], None] = 'a1'\n"
       "branch_labels: Union[str, Sequence[str], None] = None\n"
       "depends_on: Union[str, Sequence[str], None] = None\n");
  const auto revision = only();
  EXPECT_EQ(revision.id, "b2");
  EXPECT_EQ(revision.title, "add webhooks");
  EXPECT_EQ(revision.parents, Texts{"a1"});
  EXPECT_EQ(revision.needs, Texts{});
  EXPECT_EQ(revision.labels, Texts{});
  EXPECT_EQ(revision.where.file, "db/versions/b2_add_webhooks.py");
  EXPECT_EQ(revision.where.line, 12);
}

TEST_F(Scripts, MergesBranchesAndNeedsAreRead) {
  file("m.py",
       "revision = 'm'\ndown_revision = ('a1', 'b2')\nbranch_labels = ('billing',)\n"
       "depends_on = ['c3', 'd4']\n");
  const auto revision = only();
  EXPECT_EQ(revision.parents, (Texts{"a1", "b2"}));
  EXPECT_EQ(revision.labels, Texts{"billing"});
  EXPECT_EQ(revision.needs, (Texts{"c3", "d4"}));
}

TEST_F(Scripts, TheFirstAlembicNamedThemByTheirFile) {
  file("4ab2.py", "down_revision = None\n");
  EXPECT_EQ(only().id, "4ab2");
}

TEST_F(Scripts, AreNotWhatEditorsAndPackagesLeave) {
  file("a1.py", "revision = 'a1'\n");
  for (const auto* name : {".#a1.py", "__init__.py", "a1.py~", "a1.pyc", "README"})
    file(name, "nothing (of the kind");
  file("__pycache__/a1.cpython-312.pyc", "?");
  EXPECT_EQ(ids(), Texts{"a1"});
  EXPECT_EQ(read().faults, Texts{});
}

TEST_F(Scripts, SeveralLocationsAreReadTogether) {
  m_versions = {"db/versions", "billing/versions", "db/versions"};
  file("b2.py", "revision = 'b2'\n");
  m_folder.write("billing/versions/a1.py", "revision = 'a1'\n");
  EXPECT_EQ(ids(), (Texts{"a1", "b2"}));
  EXPECT_EQ(read().folder, "db/versions");
}

TEST_F(Scripts, FoldersInFoldersAreReadWhereTheProjectSaysSo) {
  file("a1.py", "revision = 'a1'\n");
  file("2024/b2.py", "revision = 'b2'\n");
  EXPECT_EQ(ids(), Texts{"a1"});
  m_recursive = true;
  EXPECT_EQ(ids(), (Texts{"b2", "a1"}));
}

TEST_F(Scripts, AFileThatCannotBeReadIsAFaultAndTheOthersAreRead) {
  file("a1.py", "revision = 'a1'\n");
  file("b2.py", "revision = 'b2'\n\ndef upgrade():\n    op.execute('ALTER\n");
  file("c3.py", "revision = make_id()\n");
  file("d4.py", "revision = 'd4'\ndown_revision = 'c3' if new else 'b2'\n");
  file("empty.py", "");
  EXPECT_EQ(ids(), Texts{"a1"});
  EXPECT_EQ(read().faults, (Texts{"db/versions/b2.py:4: a text whose quotes are not closed",
                                  "db/versions/c3.py:1: revision is not a plain text",
                                  "db/versions/d4.py:2: down_revision is not a plain text",
                                  "db/versions/empty.py:1: it does not say `revision = ...`"}));
}

TEST_F(Scripts, AFolderThatIsNotThereIsAFault) {
  m_versions = {"elsewhere"};
  EXPECT_EQ(read().faults, Texts{"elsewhere: there is no such folder (named in alembic.ini)"});
}

TEST_F(Scripts, EnvTellsTheVersionTable) {
  m_folder.write("db/env.py",
                 "context.configure(url=url, version_table='history',\n"
                 "                  version_table_schema=\"app\")\n");
  const auto scripts = read();
  EXPECT_EQ(scripts.version_table, "history");
  EXPECT_EQ(scripts.version_table_schema, "app");
  m_folder.write("db/env.py", "context.configure(url=url, version_table=table_name())\n");
  EXPECT_EQ(read().version_table, std::nullopt);
  m_folder.write("db/env.py", "context.configure(version_table='x'  # not closed\n");
  EXPECT_EQ(read().version_table, std::nullopt);
  EXPECT_EQ(read().faults, Texts{});
}

TEST_F(Scripts, AStatementBeforeConfigureIsFound) {
  const auto line = [&](const std::string& env) {
    m_folder.write("db/env.py", env);
    const auto where = read().early_statement;
    return where ? where->line : 0;
  };
  EXPECT_EQ(line("connection.execute(text('SET search_path = app'))\ncontext.configure()\n"), 1);
  EXPECT_EQ(line("x = 1\nconnection.exec_driver_sql('SELECT 1')\ncontext.configure()\n"), 2);
  EXPECT_EQ(line("v = connection.scalar(q)\nif v:\n    context.configure()\n"), 1);
  // Committed, behind it, or no statement at all.
  EXPECT_EQ(line("connection.execute(q)\nconnection.commit()\ncontext.configure()\n"), 0);
  EXPECT_EQ(line("context.configure()\nconnection.execute(q)\n"), 0);
  EXPECT_EQ(line("execute(q)\ncontext.configure()\n"), 0);
}

}  // namespace
}  // namespace pgmend::ledger
