// SPDX-License-Identifier: MIT
// The example's schema is given in seven ways. Each of them finds the same database correct, and
// the same three faults in it.
#include <gtest/gtest.h>

#include <map>

#include "project.hpp"
#include "support/matchers.hpp"

namespace pgmend::test {
namespace {

class Bookshop : public testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() {
    s_project = std::make_unique<Project>(Project::Options{.folder = "examples/bookshop"});
    s_project->must_run({"-m", "alembic", "upgrade", "head"});
    s_copy = std::make_unique<Database>();
    s_copy->exec(s_project->folder().read("schema.sql"));
    s_damaged = std::make_unique<Database>();
    s_damaged->exec(s_project->folder().read("schema.sql") +
                    "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);"
                    "INSERT INTO alembic_version VALUES ('0003');"
                    "ALTER TABLE orders DROP COLUMN note;"
                    "DROP INDEX books_title_key_idx;"
                    "ALTER TABLE books DROP CONSTRAINT books_price_check");
  }
  static void TearDownTestSuite() {
    s_damaged.reset();
    s_copy.reset();
    s_project.reset();
  }

  static std::string source() {
    return GetParam() == "another database" ? s_copy->url() : GetParam();
  }

  static inline std::unique_ptr<Project> s_project;
  static inline std::unique_ptr<Database> s_copy;     // made by hand of schema.sql
  static inline std::unique_ptr<Database> s_damaged;  // the same with three faults
};

TEST_P(Bookshop, FindsTheMigratedDatabaseCorrect) {
  std::vector<std::string> args = {"verify", "--schema", source()};
  if (GetParam() != "needs.yaml") args.emplace_back("--strict");
  const auto result = s_project->pgmend(args);
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
}

TEST_P(Bookshop, FindsTheSameThreeFaults) {
  const auto result = s_project->pgmend_on(*s_damaged, {"verify", "--schema", source()});
  EXPECT_EQ(result.exit_code, 1) << testing::PrintToString(result);
  for (const auto* fault : {"orders.note missing", "index books.books_title_key_idx missing",
                            "check constraint books.books_price_check missing"})
    EXPECT_TRUE(contains(result.out, fault));
  EXPECT_TRUE(contains(result.out, "3 differences"));
}

INSTANTIATE_TEST_SUITE_P(Sources, Bookshop,
                         testing::Values("schema.sql", "schema", "sqlalchemy:bookshop.models:Base",
                                         "alembic:", "schema.lock", "another database",
                                         "needs.yaml"),
                         [](const auto& test) {
                           std::string name;
                           for (const char c : test.param) name += std::isalnum(c) ? c : '_';
                           return name;
                         });

// The committed lock file is what its source compiles to.
TEST(BookshopLockFile, IsUpToDate) {
  const Project project({.folder = "examples/bookshop"});
  const auto result = project.pgmend({"compile", "alembic:", "-o", "schema.lock", "--check"});
  EXPECT_EQ(result.exit_code, 0) << testing::PrintToString(result);
}

}  // namespace
}  // namespace pgmend::test
