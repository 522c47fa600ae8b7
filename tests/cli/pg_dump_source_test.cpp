// SPDX-License-Identifier: MIT
// What pg_dump writes of a rich schema is a source as it is, and the database it was made of agrees
// with it.
#include "cli/cli.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {
namespace {

class PgDumpSource : public testing::TestWithParam<std::string> {};

TEST_P(PgDumpSource, AgreesWithItsDatabase) {
  const Database original;
  run_file(original, std::string(PGMEND_RICH_SCHEMAS) + "/" + GetParam() + ".sql");
  const auto text = dump(original);
  ASSERT_TRUE(contains(text, "SET standard_conforming_strings"));
  const TempFolder folder;
  RunOptions options;
  options.cwd = folder.path();
  folder.write("dump.sql", text);
  const Database scratch;
  const auto result = run_pgmend(
      {"verify", "--schema", "dump.sql", "--database", original.url(), "--scratch", scratch.url()},
      options);
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
}

INSTANTIATE_TEST_SUITE_P(Rich, PgDumpSource, testing::Values("shop", "analytics", "tenants", "zoo"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace pgmend::test
