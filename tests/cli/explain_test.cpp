// SPDX-License-Identifier: MIT
#include <fstream>
#include <sstream>

#include "cli.hpp"

namespace pgmend::test {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Explain, NeedsNoDatabase) {
  RunOptions options;
  options.env = {{"PATH", "/nowhere"}, {"DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"}};
  const auto result = run_pgmend({"explain", "column.missing"}, options);
  EXPECT_EQ(exit_correct, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "column.missing: column expected, and not there"));
  EXPECT_EQ("", result.err);
}

TEST(Explain, WithoutAnIdListsThemAll) {
  const auto result = run_pgmend({"explain"});
  EXPECT_EQ(exit_correct, result.exit_code);
  EXPECT_TRUE(contains_in_order(result.out, {"unclear", "exit-codes", "column.missing",
                                             "column.default", "index.state", "grant.missing"}));
  EXPECT_EQ("", too_wide(result.out));
}

TEST(Explain, SeveralAtOnce) {
  const auto result = run_pgmend({"explain", "pending", "index"});
  EXPECT_TRUE(
      contains_in_order(result.out, {"verdict: pending", "index: an index", "index.state"}));
  EXPECT_EQ("", too_wide(result.out));
}

TEST(Explain, UnknownIdIsWrongUsage) {
  const auto result = run_pgmend({"explain", "index.stat"});
  EXPECT_EQ(exit_usage, result.exit_code);
  EXPECT_EQ("", result.out);
  EXPECT_TRUE(contains(result.err, "there is nothing called `index.stat` to explain"));
  EXPECT_TRUE(contains_line(result.err, "hint: did you mean: pgmend explain index.state?"));
}

/// If it is stale: scripts/docs.
TEST(Explain, DocumentationIsWhatItPrints) {
  const auto result = run_pgmend({"explain", "--markdown"});
  EXPECT_TRUE(result.out == text_of(PGMEND_DOCS "/findings.md")) << "stale: run scripts/docs";
}

/// The examples are what PostgreSQL made of examples.sql: scripts/docs.
TEST(Explain, ExamplesAreUpToDate) {
  const std::string folder = PGMEND_EXAMPLES;
  const auto result = run_pgmend({"compile", "--check", folder + "/examples.sql", "--with",
                                  "owners,privileges", "--output", folder + "/examples.lock"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
}

}  // namespace
}  // namespace pgmend::test
