// SPDX-License-Identifier: MIT
// The commands of examples/deploy/ci and of the Dockerfile, run in the bookshop.
#include <gtest/gtest.h>

#include <regex>
#include <stdexcept>

#include "examples.hpp"
#include "support/matchers.hpp"
#include "util/file.hpp"

namespace pgmend::test {
namespace {

/// What the file tells the machine to run: `find` walks from `file` to a list of texts.
std::string commands_of(const std::string& name, const std::string& find) {
  const auto run = python(
      "import sys, yaml\nfile = yaml.safe_load(open(sys.argv[1]))\nprint('\\n'.join(" + find + "))",
      {(examples() / "ci" / name).string()});
  if (!run.ok()) throw std::runtime_error(run.err);
  return run.out;
}

class CiExample : public testing::TestWithParam<std::pair<const char*, const char*>> {
 protected:
  RunResult check(const Project& project) const {
    return run_in(project, commands_of(GetParam().first, GetParam().second),
                  {{"GITHUB_STEP_SUMMARY", project.folder().path("summary.md")}});
  }
  static Project bookshop() { return Project({.folder = "examples/bookshop"}); }
};

TEST_P(CiExample, IsGreenWhereTheMigrationsMakeIt) {
  const Project project = bookshop();
  const auto run = check(project);
  EXPECT_EQ(run.exit_code, 0) << testing::PrintToString(run);
  EXPECT_TRUE(contains(run.out, "verdict: correct"));
}

// A repair would make it, and the next look would find nothing.
TEST_P(CiExample, IsRedWhereAMigrationForgotAColumn) {
  const Project project = bookshop();
  const auto* const script = "migrations/versions/0002_orders.py";
  auto text = project.folder().read(script);
  const std::string column = "        sa.Column(\"note\", sa.String(1000)),\n";
  ASSERT_NE(text.find(column), std::string::npos);
  project.folder().write(script, text.erase(text.find(column), column.size()));
  for (int time = 0; time < 2; ++time) {
    const auto run = check(project);
    EXPECT_EQ(run.exit_code, 1) << testing::PrintToString(run);
    EXPECT_TRUE(contains_in_order(run.out, {"verdict: drift", "orders.note missing"}));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, CiExample,
    testing::Values(std::pair("github-actions.yaml",
                              "step['run'] for step in file['jobs']['schema']['steps']"
                              " if 'run' in step"),
                    std::pair("gitlab-ci.yaml", "file['schema']['script']")),
    [](const auto& each) { return std::string(each.param.first).substr(0, 6); });

// The stage that has the server compiles, from the URL that it is given, and the one that is
// shipped takes nothing but the file.
TEST(Dockerfile, CompilesALockFileThatTheImageNeedsNoServerFor) {
  const auto text = file::read_if_exists(examples() / "Dockerfile").value_or("");
  EXPECT_TRUE(contains_in_order(text, {"FROM app AS schema", "postgresql-15", "pgmend compile",
                                       "\nFROM app\n", "COPY --from=schema /app/schema.lock ."}));
  std::smatch found;
  ASSERT_TRUE(std::regex_search(text, found, std::regex("\nRUN (.*pgmend compile .*)\n")));
  const Project project({.folder = "examples/bookshop"});
  std::filesystem::remove(project.folder().path("schema.lock"));
  const auto compile = run_in(project, "unset DATABASE_URL\n" + found[1].str());
  EXPECT_EQ(compile.exit_code, 0) << testing::PrintToString(compile);
  const auto migrate = run_in(
      project,
      "PGMEND_PG_BIN=/nonexistent pgmend migrate --schema schema.lock -- alembic upgrade head");
  EXPECT_EQ(migrate.exit_code, 0) << testing::PrintToString(migrate);
  EXPECT_TRUE(contains_in_order(migrate.out, {"Migrations applied", "verdict: correct"}));
}

}  // namespace
}  // namespace pgmend::test
