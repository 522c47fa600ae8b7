// SPDX-License-Identifier: MIT
#include "guide.hpp"

#include <gtest/gtest.h>

#include "support/matchers.hpp"
#include "support/run.hpp"

namespace pgmend::test {
namespace {

// The checker of the README must be able to fail.

std::vector<std::string> problems_of(const std::string& markdown) {
  const TempFolder folder;
  return guide::problems(markdown, folder, clean_environment());
}

std::string console(const std::string& lines) {
  return "Some words.\n\n```console\n" + lines + "```\n\nMore words.\n";
}

TEST(Guide, PassesWhenEveryOutputIsAsItSays) {
  EXPECT_EQ(
      problems_of("# Title\n" + console("$ echo one\none\n$ true\n$ printf 'a\\n\\nb'\na\n\nb\n") +
                  console("$ echo two\ntwo\n")),
      std::vector<std::string>{});
}

TEST(Guide, NamesTheLineAndBothOutputsWhenOneDiffers) {
  const auto problems = problems_of(console("$ echo one\none\n$ echo two\nthree\n$ echo 4\n4\n"));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(contains_in_order(
      problems[0], {"line 6: $ echo two", "the guide says:\n    three", "it prints:\n    two"}));
}

TEST(Guide, FailsForEveryWayToDiffer) {
  for (const auto* lines : {
           "$ echo one\n",                    // output that the guide does not show
           "$ true\none\n",                   // and the other way round
           "$ echo one\none\ntwo\n",          // too little
           "$ printf 'one\\ntwo\\n'\none\n",  // too much
           "$ printf 'one\\ntwo\\n'\ntwo\n",  //
           "$ echo ' one'\none\n",            // spaces count
           "$ echo one\n...\ntwo\n",          //
           "$ no_such_command_here\n",        //
           "$ echo 'one\none\n",              // not even a command
       })
    EXPECT_EQ(problems_of(console(lines)).size(), 1U) << lines;
}

TEST(Guide, DotsStandForAnyNumberOfLines) {
  const std::string seq = "$ seq 5\n";
  for (const auto* output :
       {"...\n", "1\n...\n", "...\n5\n", "1\n...\n3\n...\n", "1\n2\n...\n3\n4\n5\n"})
    EXPECT_EQ(problems_of(console(seq + output)), std::vector<std::string>{}) << output;
  for (const auto* output : {"...\n4\n", "2\n...\n", "...\n3\n...\n2\n...\n"})
    EXPECT_EQ(problems_of(console(seq + output)).size(), 1U) << output;
}

TEST(Guide, IsOneSession) {
  EXPECT_EQ(
      problems_of(
          console("$ export NAME='a b'; mkdir d; cd d\n$ false\n$ echo $?\n1\n") +
          console(
              "$ echo \"$NAME ${PWD##*/}\"\na b d\n$ ls /none 2>/dev/null || echo err >&2\nerr\n")),
      std::vector<std::string>{});
}

TEST(Guide, ACommandMayHaveSeveralLines) {
  EXPECT_EQ(
      problems_of(console("$ cat <<END\n> one\n> two\n> END\none\ntwo\n$ echo a \\\n> b\na b\n")),
      std::vector<std::string>{});
}

TEST(Guide, StopsWhereTheSessionEnds) {
  const auto problems = problems_of(console("$ echo a\na\n$ echo b; exit 3\nb\n$ echo c\nc\n"));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(contains_in_order(problems[0], {"$ echo b; exit 3", "it did not end"}));
}

TEST(Guide, WritesFilesAtTheirPlace) {
  EXPECT_EQ(problems_of(console("$ ls\n") + "Write `pgmend.yaml`:\n\n```yaml\na:\n  b: 'c'\n```\n" +
                        console("$ cat pgmend.yaml\na:\n  b: 'c'\n") +
                        "Then\n```sql\n-- file: name.sql\nSELECT 1;\n```\n" +
                        console("$ tail -n 1 name.sql\nSELECT 1;\n") +
                        "For example:\n```yaml\nnot: written\n```\n" +
                        console("$ ls\nname.sql\npgmend.yaml\n")),
            std::vector<std::string>{});
}

TEST(Guide, NormalisesWhatVariesAndNothingElse) {
  const auto shown = guide::normalised(
      {"database: shop on localhost:5432 as app, PostgreSQL 15.14 (from DATABASE_URL in",
       "          the environment)", "expected: pgmend.yaml", "done in 12 ms, 0.3 s"});
  const auto found = guide::normalised(
      {"database: shop on socket /tmp/pgmend-1 as postgres, PostgreSQL 18.0 (from",
       "          DATABASE_URL in the environment)", "expected: pgmend.yaml",
       "done in 9 ms, 11 s"});
  EXPECT_EQ(shown, found);
  const auto same = [](const std::string& a, const std::string& b) {
    return guide::normalised({a}) == guide::normalised({b});
  };
  EXPECT_FALSE(same("database: shop on a:1 as b, PostgreSQL 15.1 (from DATABASE_URL)",
                    "database: other on a:1 as b, PostgreSQL 15.1 (from DATABASE_URL)"));
  EXPECT_FALSE(same("database: shop on a:1 as b, PostgreSQL 15.1 (from DATABASE_URL)",
                    "database: shop on a:1 as b, PostgreSQL 15.1 (from --database)"));
  EXPECT_FALSE(same("2 item(s) added", "3 item(s) added"));
  EXPECT_FALSE(same("expected: a.yaml", "expected: b.yaml"));
}

TEST(Guide, RefusesAGuideThatChecksNothing) {
  for (const auto* markdown : {"", "# Title\n", "```sh\n$ echo one\n```\n", "```console\n```\n",
                               "```console\n$ echo one\none\n", "```console\none\n```\n"})
    EXPECT_EQ(problems_of(markdown).size(), 1U) << markdown;
}

}  // namespace
}  // namespace pgmend::test
