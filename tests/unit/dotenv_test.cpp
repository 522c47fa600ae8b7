// SPDX-License-Identifier: MIT
#include "util/dotenv.hpp"

#include <gtest/gtest.h>

#include <map>

#include "util/expand.hpp"

namespace pgmend {
namespace {

env::Environment environment_of(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

std::optional<std::string> value_in(std::string_view text, const std::string& key = "A") {
  return dotenv::File::parse(text, ".env", environment_of({{"OUTER", "outer"}})).get(key);
}

std::string error_of(std::string_view text, const std::string& key = "A") {
  try {
    value_in(text, key);
  } catch (const dotenv::Error& error) {
    return error.what();
  }
  return "";
}

TEST(Dotenv, ReadsBareValues) {
  EXPECT_EQ(value_in("A=b"), "b");
  EXPECT_EQ(value_in("A = b \n"), "b");
  EXPECT_EQ(value_in("A=b c\nB=d"), "b c");
  EXPECT_EQ(value_in("A="), "");
  EXPECT_EQ(value_in("A=x=y"), "x=y");
  EXPECT_EQ(value_in("A=it's"), "it's");
  EXPECT_EQ(value_in("A=back\\nslash"), "back\\nslash");
}

TEST(Dotenv, ReadsExport) {
  EXPECT_EQ(value_in("export A=b"), "b");
  EXPECT_EQ(value_in("export   A=b"), "b");
  EXPECT_EQ(value_in("export=1", "export"), "1");
  EXPECT_EQ(value_in("exported=1", "exported"), "1");
}

TEST(Dotenv, TellsCommentsFromHashesInsideAWord) {
  EXPECT_EQ(value_in("# A=no\nA=b # comment"), "b");
  EXPECT_EQ(value_in("A=fake#1"), "fake#1");
  EXPECT_EQ(value_in("A=#nothing"), "");
  EXPECT_EQ(value_in("  # indented\n\nA=b"), "b");
}

TEST(Dotenv, KeepsSingleQuotedTextAsItStands) {
  EXPECT_EQ(value_in("A='b # c'"), "b # c");
  EXPECT_EQ(value_in("A='${OUTER}\\n'"), "${OUTER}\\n");
}

TEST(Dotenv, ResolvesEscapesInDoubleQuotes) {
  EXPECT_EQ(value_in(R"(A="a\nb\tc\"d\\e")"), "a\nb\tc\"d\\e");
  EXPECT_EQ(value_in(R"(A="\d")"), "\\d");
  EXPECT_EQ(value_in(R"(A="\${OUTER}")"), "${OUTER}");
  EXPECT_EQ(value_in(R"(A="\$5")"), "$5");
  EXPECT_EQ(value_in("A=\"b\" # comment"), "b");
}

TEST(Dotenv, QuotedValuesMaySpanLines) {
  const std::string text = "K=\"one\ntwo\"\nA=b\nbad line\n";
  EXPECT_EQ(error_of(text), ".env:4: expected KEY=value");
  EXPECT_EQ(value_in("A='one\ntwo'\nB=c"), "one\ntwo");
}

TEST(Dotenv, HeedsNeitherCarriageReturnsNorByteOrderMark) {
  EXPECT_EQ(value_in("\xEF\xBB\xBF"
                     "A=b\r\nB=c\r\n"),
            "b");
  EXPECT_EQ(value_in("A=b\r\nB=\"c\"\r\n", "B"), "c");
  EXPECT_EQ(value_in("\r\n\r\nA=b"), "b");
}

TEST(Dotenv, ExpandsReferences) {
  EXPECT_EQ(value_in("A=${OUTER}/x"), "outer/x");
  EXPECT_EQ(value_in("A=\"<${OUTER}>\""), "<outer>");
  EXPECT_EQ(value_in("B=1\nA=${B}2"), "12");
  EXPECT_EQ(value_in("A=${NONE:-x}"), "x");
  EXPECT_EQ(value_in("A=pa$$word$HOME"), "pa$$word$HOME");
}

TEST(Dotenv, TheEnvironmentBeatsTheFileInReferences) {
  EXPECT_EQ(value_in("OUTER=inner\nA=${OUTER}"), "outer");
}

TEST(Dotenv, TheLastOfSeveralLinesCounts) {
  EXPECT_EQ(value_in("A=1\nA=2"), "2");
}

TEST(Dotenv, ANameWithoutValueSetsNothing) {
  EXPECT_EQ(value_in("A\nB=1"), std::nullopt);
  EXPECT_EQ(value_in("", "A"), std::nullopt);
}

TEST(Dotenv, NamesTheLineOfAnErrorButNotItsText) {
  EXPECT_EQ(error_of("B=1\n\n=FAKE"), ".env:3: expected KEY=value");
  EXPECT_EQ(error_of("two words"), ".env:1: expected KEY=value");
  EXPECT_EQ(error_of("A: FAKE"), ".env:1: expected KEY=value");
  EXPECT_EQ(error_of("B=1\nA='FAKE\n\n"), ".env:2: the quote is not closed");
  EXPECT_EQ(error_of("A=\"x\" FAKE"), ".env:1: text after the closing quote");
  EXPECT_EQ(error_of("A=\"FAKE\\"), ".env:1: the quote is not closed");
}

TEST(Dotenv, AMissingReferenceIsAnErrorOnlyOfTheValueThatIsAskedFor) {
  EXPECT_EQ(error_of("B=1\nA=x${NONE}"), ".env:2: A: the variable NONE is not set");
  EXPECT_EQ(value_in("B=x${NONE}\nA=b"), "b");
}

// ---- expand_variables ------------------------------------------------------------------------

std::string expanded(std::string_view text) {
  return env::expand_variables(text, environment_of({{"A", "1"}, {"B_2", "two"}, {"EMPTY", ""}}));
}

TEST(Expand, ReplacesReferences) {
  EXPECT_EQ(expanded("${A}"), "1");
  EXPECT_EQ(expanded("x${A}y${B_2}z"), "x1ytwoz");
  EXPECT_EQ(expanded("<${EMPTY}>"), "<>");
  EXPECT_EQ(expanded("no reference"), "no reference");
  EXPECT_EQ(expanded(""), "");
}

TEST(Expand, UsesDefaults) {
  EXPECT_EQ(expanded("${NONE:-x}"), "x");
  EXPECT_EQ(expanded("${NONE-x}"), "x");
  EXPECT_EQ(expanded("${EMPTY:-x}"), "x");
  EXPECT_EQ(expanded("${EMPTY-x}"), "");
  EXPECT_EQ(expanded("${A:-x}"), "1");
  EXPECT_EQ(expanded("${NONE:-}"), "");
  EXPECT_EQ(expanded("${NONE:-postgresql://h/${B_2}}!"), "postgresql://h/two!");
}

TEST(Expand, LeavesOtherDollarsAlone) {
  EXPECT_EQ(expanded("$A $ $$ $1 a$"), "$A $ $$ $1 a$");
  EXPECT_EQ(expanded("$${A}"), "${A}");
  EXPECT_EQ(expanded("$${A} ${A}"), "${A} 1");
}

TEST(Expand, DoesNotExpandWhatAVariableHolds) {
  EXPECT_EQ(env::expand_variables("${A}", environment_of({{"A", "${B}"}})), "${B}");
}

TEST(Expand, NamesTheMissingVariable) {
  try {
    expanded("postgresql://app:FAKE@${NONE}/x");
    FAIL();
  } catch (const env::ExpandError& error) {
    EXPECT_EQ(error.variable(), "NONE");
    EXPECT_STREQ(error.what(), "the variable NONE is not set");
  }
}

TEST(Expand, RefusesWhatItCannotRead) {
  for (const auto* text :
       {"${", "${A", "${}", "${A B}", "${A:x}", "${A:+x}", "${:-x}", "${A:-${B}"})
    EXPECT_THROW(expanded(text), env::ExpandError) << text;
}

TEST(Expand, KnowsTheProcessEnvironment) {
  EXPECT_TRUE(env::process_environment()("PATH"));
  EXPECT_FALSE(env::process_environment()("PGMEND_NO_SUCH_VARIABLE"));
}

}  // namespace
}  // namespace pgmend
