// SPDX-License-Identifier: MIT
// What holds control characters, as it is shown.
#include <gtest/gtest.h>

#include "util/sql.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend {
namespace {

TEST(Visible, PlainTextStays) {
  EXPECT_EQ(text::visible("größe 注文 🐘 a\\b"), "größe 注文 🐘 a\\b");
  EXPECT_EQ(text::visible(""), "");
}

TEST(Visible, ControlCharactersAreSpelled) {
  EXPECT_EQ(text::visible(std::string_view("a\nb\r\t\x1b[1m\0\x7f", 11)),
            R"(a\nb\r\t\x1b[1m\x00\x7f)");
  EXPECT_EQ(text::visible("\xC2\x9B"), R"(\u009b)");      // of terminals: what ESC [ is
  EXPECT_EQ(text::visible("\xE2\x80\xAE"), R"(\u202e)");  // turns the line around
  EXPECT_EQ(text::visible("\xE2\x80\xA8"), R"(\u2028)");  // ends the line
}

TEST(Visible, BytesThatAreNoTextAreSpelled) {
  EXPECT_EQ(text::visible("a\xffz\xc3"), R"(a\xffz\xc3)");
  EXPECT_EQ(text::visible("\xC0\xBC"), R"(\xc0\xbc)");
}

TEST(Visible, LinesStayWhereTheyMay) {
  EXPECT_EQ(text::visible_lines("a\n\tb\r\x1b"), "a\n\tb\\r\\x1b");
}

TEST(Visible, InNames) {
  EXPECT_EQ(sql::display_ident("two\nlines"), R"("two\nlines")");
  EXPECT_EQ(sql::display_ident("\xff"), R"("\xff")");
}

TEST(Shortened, KeepsBothEndsOfALongLine) {
  EXPECT_EQ(text::shortened("short"), "short");
  const auto line = text::shortened("unknown key `" + std::string(2000000, 'k') + "` at the top");
  EXPECT_LE(line.size(), 403U);
  EXPECT_TRUE(line.starts_with("unknown key `kk"));
  EXPECT_TRUE(line.ends_with("k` at the top"));
}

TEST(Shortened, SplitsNoCharacter) {
  std::string umlauts;
  for (int i = 0; i < 1000; ++i) umlauts += "ä";
  EXPECT_EQ(text::visible(text::shortened("x" + umlauts)), text::shortened("x" + umlauts));
}

TEST(Shortened, HasFewLines) {
  std::string lines;
  for (int i = 0; i < 1000; ++i) lines += "x\n";
  EXPECT_LT(text::shortened(lines).size(), 100U);
}

TEST(ShellWord, QuotesWhatAShellWouldRead) {
  EXPECT_EQ(text::shell_word("alembic:"), "alembic:");
  EXPECT_EQ(text::shell_word("a b"), "'a b'");
  EXPECT_EQ(text::shell_word("it's"), R"('it'\''s')");
  EXPECT_EQ(text::shell_word("$HOME;`x`"), "'$HOME;`x`'");
  EXPECT_EQ(text::shell_word(""), "''");
  EXPECT_EQ(text::shell_word("a\nb'\\"), R"($'a\nb\'\\')");
}

TEST(Wrap, BreaksNoCommandToCopy) {
  EXPECT_EQ(text::wrap("to repair it run: pgmend ensure --allow alter; or else", 30, "  "),
            "to repair it run:\n  pgmend ensure --allow alter;\n  or else");
  EXPECT_EQ(text::wrap("complete it (pgmend ensure --even-if-unclear) and so on", 20),
            "complete it\n(pgmend ensure --even-if-unclear)\nand so on");
  EXPECT_EQ(text::wrap("since pgmend is at work here", 12), "since pgmend\nis at work\nhere");
}

TEST(PrintableSql, NamesAreWrittenByNumbers) {
  EXPECT_EQ(sql::printable("ALTER TABLE \"a\" ADD \"two\nlines\" text"),
            "ALTER TABLE \"a\" ADD U&\"two\\000Alines\" text");
  EXPECT_EQ(sql::printable("SELECT \"q\"\"\\\x1b\""), "SELECT U&\"q\"\"\\\\\\001B\"");
  EXPECT_EQ(sql::printable("SELECT \"ä\xE2\x80\xAE\""), "SELECT U&\"ä\\202e\"");
}

TEST(PrintableSql, OrdinaryStatementsStay) {
  for (const auto* statement :
       {"SELECT 'a\n\tb', $$x\ny$$ -- \"z\n, \"q\"", "SELECT E'it\\'s', U&\"\\000A\"", ""})
    EXPECT_EQ(sql::printable(statement), statement);
}

TEST(PrintableSql, TextsKeepTheirMeaning) {
  EXPECT_EQ(sql::printable("SELECT 'it''s\x1b\\'"), "SELECT E'it''s\\x1b\\\\'");
  EXPECT_EQ(sql::printable("SELECT $f$it's\r\n$f$, 1"), "SELECT E'it''s\\x0d\n', 1");
  EXPECT_EQ(sql::printable("SELECT E'a\\'\x1b''b\\n'"), "SELECT E'a\\'\\x1b''b\\n'");
  EXPECT_EQ(sql::printable("SELECT nextval('\"a\nb\"'), 'c\nd'"),
            "SELECT nextval(E'\"a\\nb\"'), 'c\nd'");
  EXPECT_EQ(sql::printable("SELECT nextval('\"a\x1b\"')"), "SELECT nextval(E'\"a\\x1b\"')");
}

TEST(PrintableSql, ForPeopleNamesAreAsEverywhere) {
  EXPECT_EQ(sql::visible("(\"two\nlines\" > 0)"), "(\"two\\nlines\" > 0)");
  EXPECT_EQ(sql::visible("a,\n  b\x1b"), "a,\n  b\\x1b");
}

}  // namespace
}  // namespace pgmend
