// SPDX-License-Identifier: MIT
#include "util/ini.hpp"

#include <gtest/gtest.h>

namespace pgmend::ini {
namespace {

File parsed(std::string_view text) {
  return File::parse(text, "alembic.ini", "/srv/app");
}

std::optional<std::string> value_in(std::string_view lines, const std::string& key = "a") {
  return parsed("[s]\n" + std::string(lines)).get("s", key);
}

template <typename Exception = Error>
std::string error_of(std::string_view text) {
  try {
    parsed(text).get("s", "a");
  } catch (const Exception& error) {
    return error.what();
  }
  return "";
}

TEST(Ini, ReadsBothSeparators) {
  EXPECT_EQ(value_in("a = b"), "b");
  EXPECT_EQ(value_in("a: b"), "b");
  EXPECT_EQ(value_in("a=b"), "b");
  EXPECT_EQ(value_in("a ="), "");
  EXPECT_EQ(value_in("a = postgresql://h:1/d?x=y"), "postgresql://h:1/d?x=y");
  EXPECT_EQ(value_in("sqlalchemy.url = x", "sqlalchemy.url"), "x");
}

TEST(Ini, KeysHaveNoCase) {
  EXPECT_EQ(value_in("SqlAlchemy.URL = x", "sqlalchemy.url"), "x");
  EXPECT_EQ(value_in("a = x", "A"), "x");
}

TEST(Ini, SkipsCommentsButNotInsideAValue) {
  EXPECT_EQ(value_in("# a = 1\n; a = 2\n\na = b"), "b");
  EXPECT_EQ(value_in("a = b # c ; d"), "b # c ; d");
}

TEST(Ini, ValuesGoOnOverIndentedLines) {
  EXPECT_EQ(value_in("a = one\n  two\n\tthree\nb = x"), "one\ntwo\nthree");
  EXPECT_EQ(value_in("a =\n    one\n    # comment\n    k = v\n"), "one\nk = v");
}

TEST(Ini, AnIndentedFirstKeyIsAKey) {
  EXPECT_EQ(value_in("  a = 1\n  b = 2", "b"), "2");
}

TEST(Ini, KeepsSectionsApart) {
  const auto file = parsed("[x]\na = 1\n[y]\na = 2\n");
  EXPECT_EQ(file.get("x", "a"), "1");
  EXPECT_EQ(file.get("y", "a"), "2");
  EXPECT_EQ(file.get("z", "a"), std::nullopt);
  EXPECT_EQ(file.get("x", "b"), std::nullopt);
}

TEST(Ini, DefaultsCountForEverySection) {
  const auto file = parsed("[DEFAULT]\na = 1\nhost = h\n[x]\nb = %(host)s\n");
  EXPECT_EQ(file.get("x", "a"), "1");
  EXPECT_EQ(file.get("x", "b"), "h");
}

TEST(Ini, ResolvesReferences) {
  EXPECT_EQ(value_in("a = p%%40ss"), "p%40ss");
  EXPECT_EQ(value_in("a = %(here)s/migrations"), "/srv/app/migrations");
  EXPECT_EQ(value_in("user = u\na = <%(USER)s>"), "<u>");
  EXPECT_EQ(value_in("x = 1\ny = %(x)s2\na = %(y)s3"), "123");
  EXPECT_EQ(value_in("a = %%(here)s"), "%(here)s");
}

TEST(Ini, LeavesOtherPercentSignsAlone) {
  EXPECT_EQ(value_in("a = p%40ss"), "p%40ss");
  EXPECT_EQ(value_in("a = 100%"), "100%");
  EXPECT_EQ(value_in("a = %(asctime"), "%(asctime");
}

TEST(Ini, TheFoldersNameIsNotInterpolated) {
  EXPECT_EQ(File::parse("[s]\na = %(here)s", "x.ini", "/srv/100%(x)s").get("s", "a"),
            "/srv/100%(x)s");
}

TEST(Ini, HeedsNeitherCarriageReturnsNorByteOrderMark) {
  EXPECT_EQ(parsed("\xEF\xBB\xBF[s]\r\na = b\r\n").get("s", "a"), "b");
}

TEST(Ini, TellsAnUnknownReferenceFromOtherErrors) {
  EXPECT_EQ(error_of<UnknownReference>("[s]\na = FAKE%(DB_USER)s"),
            "alembic.ini: %(DB_USER)s is not set");
}

TEST(Ini, OtherSectionsMayHoldReferencesNobodyCanResolve) {
  EXPECT_EQ(parsed("[s]\na = 1\n[formatter]\nformat = %(levelname)s\n").get("s", "a"), "1");
}

TEST(Ini, NamesTheLineOfAnErrorButNotItsText) {
  EXPECT_EQ(error_of("a = FAKE"), "alembic.ini:1: expected a [section] first");
  EXPECT_EQ(error_of("[s]\n\nFAKE"), "alembic.ini:3: expected \"key = value\"");
  EXPECT_EQ(error_of("[s]\n= FAKE"), "alembic.ini:2: expected \"key = value\"");
  EXPECT_EQ(error_of("[s\na = FAKE"), "alembic.ini:1: \"[\" without \"]\"");
}

TEST(Ini, RefusesEndlessReferences) {
  EXPECT_NE(error_of("[s]\na = %(b)s\nb = %(a)s").find("without end"), std::string::npos);
}

}  // namespace
}  // namespace pgmend::ini
