// SPDX-License-Identifier: MIT
#include "cause.hpp"

#include <fmt/format.h>

#include <iostream>
#include <map>

namespace pgmend::test {

namespace {

constexpr auto k_env = R"py(
import os
from alembic import context
from sqlalchemy import create_engine
with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
)py";

constexpr auto k_spec = R"(
tables:
  users:
    columns: {id: SERIAL, email: TEXT NOT NULL, name: TEXT}
    indexes: {ix_users_name: (name)}
)";

/// Printed when all tests have run.
class Table : public testing::Environment {
 public:
  void add(const std::string& cause, int exit_code, const std::string& verdict) {
    m_lines.emplace(cause, fmt::format("{:<4} exit {}  {}", cause, exit_code, verdict));
  }
  void TearDown() override {
    for (const auto& [cause, line] : m_lines) std::cout << line << '\n';
  }

 private:
  std::multimap<std::string, std::string> m_lines;
};

Table& table() {
  static auto* const the_table = dynamic_cast<Table*>(testing::AddGlobalTestEnvironment(new Table));
  return *the_table;
}

// Before main(), as GoogleTest wants it.
[[maybe_unused]] const Table& k_made_early = table();

}  // namespace

CauseTest::CauseTest() {
  m_project.folder().write("alembic.ini", "[alembic]\nscript_location = migrations\n");
  env(k_env);
  spec(k_spec);
  revision("a1", "None",
           {"op.create_table('users', sa.Column('id', sa.Integer, primary_key=True),",
            "                sa.Column('email', sa.Text, nullable=False))"});
  revision("b2", "'a1'", {"op.add_column('users', sa.Column('name', sa.Text))"});
  revision("c3", "'b2'", {"op.create_index('ix_users_name', 'users', ['name'])"});
}

void CauseTest::revision(const std::string& id, const std::string& down,
                         const std::vector<std::string>& upgrade) const {
  std::string body;
  for (const auto& line : upgrade) body += "    " + line + "\n";
  m_project.folder().write("migrations/versions/" + id + ".py",
                           fmt::format("from alembic import op\nimport sqlalchemy as sa\n"
                                       "revision: str = '{}'\ndown_revision = {}\n\n\n"
                                       "def upgrade():\n{}",
                                       id, down, body));
}

void CauseTest::record(const std::vector<std::string>& revisions) const {
  exec("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)");
  for (const auto& id : revisions) exec("INSERT INTO alembic_version VALUES ('" + id + "')");
}

RunResult CauseTest::alembic(std::vector<std::string> args) const {
  args.insert(args.begin(), {"-m", "alembic"});
  return m_project.python(args);
}

RunResult CauseTest::expect(const std::string& cause, const std::vector<std::string>& args,
                            const Answer& answer) const {
  auto run = m_project.plain_pgmend(args);
  const auto verdict = run.out.substr(0, run.out.find('\n'));
  EXPECT_EQ(run.exit_code, answer.exit_code) << testing::PrintToString(run);
  EXPECT_TRUE(verdict.starts_with("verdict: " + answer.verdict)) << testing::PrintToString(run);
  EXPECT_TRUE(contains_in_order(unwrapped(run.out), answer.says));
  if (!answer.may_be_wide) {
  }
  if (!cause.empty() && !verdict.empty()) table().add(cause, run.exit_code, verdict.substr(9));
  return run;
}

RunResult CauseTest::expect_unchanged(const std::string& cause,
                                      const std::vector<std::string>& args,
                                      const Answer& answer) const {
  const auto before = db().fingerprint();
  auto run = expect(cause, args, answer);
  EXPECT_EQ(db().fingerprint(), before);
  return run;
}

void CauseTest::expect_repaired(int items) const {
  const auto recorded = db().rows("SELECT version_num, xmin FROM alembic_version ORDER BY 1");
  const auto run = m_project.plain_pgmend({"ensure"});
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, fmt::format("{} item(s) added", items)));
  EXPECT_EQ(db().rows("SELECT version_num, xmin FROM alembic_version ORDER BY 1"), recorded);
}

}  // namespace pgmend::test
