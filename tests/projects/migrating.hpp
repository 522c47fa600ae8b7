// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {

/// A project whose files the test writes: alembic.ini, migrations/env.py and its revisions.
class MigratingTest : public testing::Test {
 protected:
  MigratingTest() {
    m_project.folder().write("alembic.ini", "[alembic]\nscript_location = migrations\n");
    write_env(k_env);
  }

  /// What `alembic init` writes, in short.
  static constexpr auto k_env = R"py(
import os
from alembic import context
from sqlalchemy import create_engine, text
engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
)py";

  void write_env(const std::string& text) { m_project.folder().write("migrations/env.py", text); }

  /// `upgrade`: the body of upgrade(), each line indented by four.
  void write_revision(const std::string& id, const std::string& down, const std::string& upgrade) {
    m_project.folder().write(
        "migrations/versions/" + id + ".py",
        "from alembic import op\nimport sqlalchemy as sa\nrevision = '" + id +
            "'\ndown_revision = " + (down.empty() ? "None" : "'" + down + "'") +
            "\ndef upgrade():\n" + upgrade);
  }

  /// As `alembic stamp` would.
  void record(const std::vector<std::string>& revisions) {
    m_project.database().exec("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)");
    for (const auto& id : revisions)
      m_project.database().exec("INSERT INTO alembic_version VALUES ('" + id + "')");
  }

  RunResult compile(std::vector<std::string> further = {}) {
    std::vector<std::string> args = {"compile", "alembic:", "-o", "schema.lock"};
    args.insert(args.end(), further.begin(), further.end());
    return m_project.pgmend(args);
  }

  /// It compiles; returns the lock file.
  std::string lock() {
    const auto run = compile();
    EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
    return run.ok() ? m_project.folder().read("schema.lock") : "";
  }

  void expect_refused(const std::vector<std::string>& said,
                      const std::vector<std::string>& further = {}) {
    const auto run = compile(further);
    EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(run);
    EXPECT_TRUE(contains_in_order(unwrapped(run.err), said));
  }

  Project m_project;
};

}  // namespace pgmend::test
