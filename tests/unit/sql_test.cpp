// SPDX-License-Identifier: MIT
#include "util/sql.hpp"

#include <gtest/gtest.h>

namespace pgmend::sql {
namespace {

using Strings = std::vector<std::string>;

TEST(QuoteIdent, AlwaysQuotes) {
  EXPECT_EQ(quote_ident("users"), "\"users\"");
  EXPECT_EQ(quote_ident("select"), "\"select\"");
  EXPECT_EQ(quote_ident("Mixed Case"), "\"Mixed Case\"");
}

TEST(QuoteIdent, DoublesQuotes) {
  EXPECT_EQ(quote_ident("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(quote_ident("\"; DROP TABLE users; --"), "\"\"\"; DROP TABLE users; --\"");
  EXPECT_EQ(quote_ident("it's"), "\"it's\"");
  EXPECT_EQ(quote_ident("back\\slash"), "\"back\\slash\"");
}

TEST(QuoteQualified, LeavesOutAnEmptySchema) {
  EXPECT_EQ(quote_qualified("app", "users"), "\"app\".\"users\"");
  EXPECT_EQ(quote_qualified("", "users"), "\"users\"");
  EXPECT_EQ(quote_qualified("a.b", "c"), "\"a.b\".\"c\"");
}

TEST(QuoteLiteral, DoublesQuotesAndKeepsBackslashes) {
  EXPECT_EQ(quote_literal("x"), "'x'");
  EXPECT_EQ(quote_literal(""), "''");
  EXPECT_EQ(quote_literal("it's"), "'it''s'");
  EXPECT_EQ(quote_literal("'; DROP TABLE users; --"), "'''; DROP TABLE users; --'");
  EXPECT_EQ(quote_literal("a\\'b"), "'a\\''b'");
  EXPECT_EQ(quote_literal("say \"x\""), "'say \"x\"'");
}

TEST(TruncateIdentifier, KeepsWhatFits) {
  EXPECT_EQ(truncate_identifier(""), "");
  EXPECT_EQ(truncate_identifier("users"), "users");
  EXPECT_EQ(truncate_identifier(std::string(63, 'a')), std::string(63, 'a'));
}

TEST(TruncateIdentifier, CutsTo63Bytes) {
  EXPECT_EQ(truncate_identifier(std::string(64, 'a')), std::string(63, 'a'));
  EXPECT_EQ(truncate_identifier(std::string(200, 'a')).size(), k_max_identifier_bytes);
}

TEST(TruncateIdentifier, DoesNotSplitACharacter) {
  const std::string two_bytes = "\xC3\xBC";
  const std::string four_bytes = "\xF0\x9F\x90\x98";
  EXPECT_EQ(truncate_identifier(std::string(62, 'a') + two_bytes), std::string(62, 'a'));
  EXPECT_EQ(truncate_identifier(std::string(61, 'a') + two_bytes + 'b'),
            std::string(61, 'a') + two_bytes);
  for (const std::size_t before : {60U, 61U, 62U})
    EXPECT_EQ(truncate_identifier(std::string(before, 'a') + four_bytes), std::string(before, 'a'));
  EXPECT_EQ(truncate_identifier(std::string(59, 'a') + four_bytes + 'b'),
            std::string(59, 'a') + four_bytes);
}

TEST(ParseArray, ReadsPlainElements) {
  EXPECT_EQ(parse_array("{}"), Strings{});
  EXPECT_EQ(parse_array("{a}"), Strings{"a"});
  EXPECT_EQ(parse_array("{a,b,c}"), (Strings{"a", "b", "c"}));
  EXPECT_EQ(parse_array("{1,-2}"), (Strings{"1", "-2"}));
}

TEST(ParseArray, ReadsQuotedElements) {
  EXPECT_EQ(parse_array(R"({"b c","d,e","{f}"})"), (Strings{"b c", "d,e", "{f}"}));
  EXPECT_EQ(parse_array(R"({"say \"x\"","back\\slash"})"), (Strings{"say \"x\"", "back\\slash"}));
  EXPECT_EQ(parse_array(R"({"",a})"), (Strings{"", "a"}));
}

TEST(ParseArray, TellsNullFromTheWord) {
  EXPECT_EQ(parse_array(R"({NULL,"NULL",x})"), (Strings{"", "NULL", "x"}));
  EXPECT_EQ(parse_nullable_array(R"({NULL,"NULL","",x})"),
            (std::vector<std::optional<std::string>>{std::nullopt, "NULL", "", "x"}));
}

TEST(ParseArray, SurvivesDamagedText) {
  for (const auto* text : {"", "{", "{a", "{\"a", "{a,", "{\"a\\", "x"})
    EXPECT_NO_THROW(parse_array(text)) << text;
}

TEST(FormatArray, QuotesEveryElement) {
  EXPECT_EQ(format_array({}), "{}");
  EXPECT_EQ(format_array({"a", "b"}), R"({"a","b"})");
  EXPECT_EQ(format_array({"NULL", ""}), R"({"NULL",""})");
}

TEST(FormatArray, IsReadBackByParseArray) {
  const Strings elements = {"a",  "",   "NULL", "b c", "d,e",       "{f}",
                            "\"", "\\", "'",    "\n",  "b\xC3\xBC", "$1; --"};
  EXPECT_EQ(parse_array(format_array(elements)), elements);
}

TEST(DisplayIdent, QuotesOnlyWhereItMust) {
  EXPECT_EQ(display_ident("users_2"), "users_2");
  EXPECT_EQ(display_ident("_x"), "_x");
  EXPECT_EQ(display_ident("Users"), "\"Users\"");
  EXPECT_EQ(display_ident("2fa"), "\"2fa\"");
  EXPECT_EQ(display_ident("a b"), "\"a b\"");
  EXPECT_EQ(display_ident("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(display_ident(""), "\"\"");
  EXPECT_EQ(display_ident("b\xC3\xBC"), "\"b\xC3\xBC\"");
}

}  // namespace
}  // namespace pgmend::sql
