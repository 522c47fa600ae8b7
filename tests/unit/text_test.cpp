// SPDX-License-Identifier: MIT
#include "util/text.hpp"

#include <gtest/gtest.h>

namespace pgmend::text {
namespace {

using Views = std::vector<std::string_view>;
using Strings = std::vector<std::string>;

TEST(Trim, RemovesBlanksAtBothEndsOnly) {
  EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \n\t "), "");
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,b", ','), (Views{"a", "b"}));
  EXPECT_EQ(split(",a,,b,", ','), (Views{"", "a", "", "b", ""}));
  EXPECT_EQ(split("abc", ','), (Views{"abc"}));
  EXPECT_EQ(split("", ','), (Views{""}));
}

TEST(Join, IsTheReverseOfSplit) {
  EXPECT_EQ(join(Strings{"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(join(Strings{"a"}, ", "), "a");
  EXPECT_EQ(join(Strings{}, ", "), "");
  EXPECT_EQ(join(Strings{"", ""}, ","), ",");
}

TEST(ToLower, TouchesAsciiLettersOnly) {
  EXPECT_EQ(to_lower("AbZ_09"), "abz_09");
  EXPECT_EQ(to_lower("\xC3\x84"), "\xC3\x84");
  EXPECT_EQ(to_lower(""), "");
}

TEST(ReplaceAll, ReplacesEveryOccurrence) {
  EXPECT_EQ(replace_all("a.b.c", ".", "::"), "a::b::c");
  EXPECT_EQ(replace_all("aaa", "aa", "b"), "ba");
  EXPECT_EQ(replace_all("abc", "x", "y"), "abc");
  EXPECT_EQ(replace_all("a-b", "-", ""), "ab");
}

TEST(ReplaceAll, DoesNotReplaceWhatItPutIn) {
  EXPECT_EQ(replace_all("a", "a", "aa"), "aa");
}

TEST(Width, CountsCodePoints) {
  EXPECT_EQ(width(""), 0U);
  EXPECT_EQ(width("abc"), 3U);
  EXPECT_EQ(width("b\xC3\xBC"), 2U);
  EXPECT_EQ(width("\xE2\x86\x92"), 1U);
  EXPECT_EQ(width("\xF0\x9F\x90\x98"), 1U);
}

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_EQ(wrap("one two three", 7), "one two\nthree");
  EXPECT_EQ(wrap("one two three", 13), "one two three");
  EXPECT_EQ(wrap("one two three", 12), "one two\nthree");
  EXPECT_EQ(wrap("", 10), "");
}

TEST(Wrap, IndentsLaterLinesWithinTheWidth) {
  EXPECT_EQ(wrap("one two three", 7, "  "), "one two\n  three");
  EXPECT_EQ(wrap("a b c d", 3, "  "), "a b\n  c\n  d");
}

TEST(Wrap, LeavesLongWordsWhole) {
  EXPECT_EQ(wrap("a incomprehensible b", 5), "a\nincomprehensible\nb");
  EXPECT_EQ(wrap("incomprehensible", 5), "incomprehensible");
}

TEST(Wrap, KeepsSpacesAtTheBeginning) {
  EXPECT_EQ(wrap("  one two", 20), "  one two");
  EXPECT_EQ(wrap("  one two", 6, "    "), "  one\n    two");
  EXPECT_EQ(wrap("  incomprehensible", 5), "  incomprehensible");
}

TEST(Wrap, KeepsLineBreaks) {
  EXPECT_EQ(wrap("one\ntwo three", 5), "one\ntwo\nthree");
}

TEST(Wrap, MeasuresCharactersNotBytes) {
  EXPECT_EQ(wrap("\xC3\xBC\xC3\xBC \xC3\xBC\xC3\xBC", 5), "\xC3\xBC\xC3\xBC \xC3\xBC\xC3\xBC");
}

TEST(Nearest, FindsMisspellings) {
  const Strings candidates = {"columns", "indexes", "constraints", "host"};
  EXPECT_EQ(nearest("colums", candidates), "columns");
  EXPECT_EQ(nearest("Columns", candidates), "columns");
  EXPECT_EQ(nearest("indxes", candidates), "indexes");
  EXPECT_EQ(nearest("constrants", candidates), "constraints");
  EXPECT_EQ(nearest("hst", candidates), "host");
}

TEST(Nearest, TakesTheNearestOfSeveral) {
  EXPECT_EQ(nearest("port", Strings{"post", "ports", "port"}), "port");
  EXPECT_EQ(nearest("tablse", Strings{"tablespace", "tables"}), "tables");
}

TEST(Nearest, FindsNothingFarAway) {
  EXPECT_EQ(nearest("colour", Strings{"columns", "host"}), std::nullopt);
  EXPECT_EQ(nearest("xy", Strings{"ab"}), std::nullopt);
  EXPECT_EQ(nearest("columns", Strings{}), std::nullopt);
}

TEST(MatchesGlob, KnowsStarAndQuestionMark) {
  EXPECT_TRUE(matches_glob("audit.*", "audit.log"));
  EXPECT_TRUE(matches_glob("*", ""));
  EXPECT_TRUE(matches_glob("*", "anything"));
  EXPECT_TRUE(matches_glob("*_ccnew*", "ix_ccnew1"));
  EXPECT_TRUE(matches_glob("a?c", "abc"));
  EXPECT_TRUE(matches_glob("a**c", "abc"));
  EXPECT_TRUE(matches_glob("", ""));
  EXPECT_TRUE(matches_glob("a*b*c", "aXbXbXc"));
}

TEST(MatchesGlob, MatchesTheWholeText) {
  EXPECT_FALSE(matches_glob("audit.*", "my.audit.log"));
  EXPECT_FALSE(matches_glob("a", "ab"));
  EXPECT_FALSE(matches_glob("ab", "a"));
  EXPECT_FALSE(matches_glob("a?c", "ac"));
  EXPECT_FALSE(matches_glob("", "a"));
  EXPECT_FALSE(matches_glob("*b", "abc"));
  EXPECT_FALSE(matches_glob("?", ""));
}

TEST(MatchesGlob, IsNotSlowOnHardPatterns) {
  EXPECT_FALSE(matches_glob("*a*a*a*a*a*a*a*a*b", std::string(10000, 'a')));
}

TEST(Count, AgreesWithTheNumber) {
  EXPECT_EQ(count(1, "table"), "1 table");
  EXPECT_EQ(count(0, "table"), "0 tables");
  EXPECT_EQ(count(2, "table"), "2 tables");
  EXPECT_EQ(count(2, "index", "indexes"), "2 indexes");
  EXPECT_EQ(count(1, "index", "indexes"), "1 index");
}

TEST(Text, FindsWhatNoTextOfTheServerHolds) {
  constexpr auto k_none = std::string_view::npos;
  EXPECT_EQ(find_not_text(""), k_none);
  EXPECT_EQ(find_not_text("all of it is plain, and long"), k_none);
  EXPECT_EQ(find_not_text("\u00e4, \u20ac, \U0001f600 and \x7f"), k_none);
  for (std::size_t before = 0; before < 20; ++before)
    for (const std::string_view bad :
         {std::string_view("\0", 1), std::string_view("\x80"), std::string_view("\xff"),
          std::string_view("\xc3"), std::string_view("\xed\xa0\x80"), std::string_view("\xc0\x80"),
          std::string_view("\xf5\x80\x80\x80")}) {
      const auto text = std::string(before, 'a') + std::string(bad);
      EXPECT_EQ(find_not_text(text), before);
      EXPECT_EQ(find_not_text(text + " and more behind it"), before);
    }
}

}  // namespace
}  // namespace pgmend::text
