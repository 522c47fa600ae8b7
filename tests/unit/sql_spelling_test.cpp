// SPDX-License-Identifier: MIT
#include "util/sql_spelling.hpp"

#include <gtest/gtest.h>

namespace pgmend::sql {
namespace {

TEST(SqlSpelling, QuotesAroundPlainNamesDoNotCount) {
  EXPECT_TRUE(same_but_for_quotes("test.\"json\"(integer)", "test.json(integer)"));
  EXPECT_TRUE(same_but_for_quotes("(\"json\" > 3)", "(json > 3)"));
  EXPECT_FALSE(same_but_for_quotes("\"Json\"", "json"));
  EXPECT_FALSE(same_but_for_quotes("\"a b\"", "a b"));
  EXPECT_FALSE(same_but_for_quotes("json", "json_value"));
}

TEST(SqlSpelling, QuotesInsideOfStringsDo) {
  EXPECT_FALSE(same_but_for_quotes("'\"json\"'", "'json'"));
  EXPECT_FALSE(same_but_for_quotes("E'\\\\\"json\"'", "E'\\\\json'"));
  EXPECT_TRUE(same_but_for_quotes("('it''s' = \"json\")", "('it''s' = json)"));
}

TEST(SqlSpelling, ArraysAreComparedByElement) {
  EXPECT_TRUE(same_but_for_quotes(R"({"\"json\"",b})", "{json,b}"));
  EXPECT_TRUE(same_but_for_quotes(R"x({"ONLY words.t (\"json\") WHERE (\"json\" > 1)"})x",
                                  R"x({"ONLY words.t (json) WHERE (json > 1)"})x"));
  EXPECT_FALSE(same_but_for_quotes(R"({"\"json\"",b})", "{json}"));
  EXPECT_FALSE(same_but_for_quotes(R"({"\"json\"",NULL})", R"({json,"NULL"})"));
}

std::string plain(std::string_view text) {
  return with_plain_calls(text, false);
}

TEST(SqlSpelling, CallsOfTheStandardBecomePlainOnes) {
  EXPECT_EQ(plain("TRIM(BOTH FROM x)"), "pg_catalog.btrim(x)");
  EXPECT_EQ(plain("TRIM(LEADING 'a from'::text FROM (x || y))"),
            "pg_catalog.ltrim((x || y), 'a from'::text)");
  EXPECT_EQ(plain("SUBSTRING(x FROM 2 FOR 3)"), "pg_catalog.\"substring\"(x, 2, 3)");
  EXPECT_EQ(plain("POSITION(('b'::text) IN (x))"), "pg_catalog.\"position\"((x), ('b'::text))");
  EXPECT_EQ(plain("OVERLAY(x PLACING 'z'::text FROM 2)"),
            "pg_catalog.\"overlay\"(x, 'z'::text, 2)");
  EXPECT_EQ(plain("NORMALIZE(x, NFKC)"), "pg_catalog.\"normalize\"(x, 'nfkc')");
  EXPECT_EQ(plain("NORMALIZE(x)"), "pg_catalog.\"normalize\"(x)");
  EXPECT_EQ(plain("COLLATION FOR (x)"), "pg_catalog.pg_collation_for(x)");
  EXPECT_EQ(plain("(x IS NFC NORMALIZED)"), "pg_catalog.is_normalized(x, 'nfc')");
  EXPECT_EQ(plain("(x IS NORMALIZED)"), "pg_catalog.is_normalized(x)");
}

TEST(SqlSpelling, SoDoOperatorsOfWords) {
  EXPECT_EQ(plain("(x AT TIME ZONE 'UTC'::text)"), "pg_catalog.timezone('UTC'::text, x)");
  EXPECT_EQ(plain("f(((x AT TIME ZONE a) AT TIME ZONE b))"),
            "f(pg_catalog.timezone(b, pg_catalog.timezone(a, x)))");
  EXPECT_EQ(plain("(o.at AT TIME ZONE 'UTC'::text)"), "pg_catalog.timezone('UTC'::text, o.at)");
  EXPECT_EQ(plain("(at AT TIME ZONE zone)"), "pg_catalog.timezone(zone, at)");
  EXPECT_EQ(plain("((a, b) OVERLAPS (c, d))"), "pg_catalog.\"overlaps\"(a, b, c, d)");
}

TEST(SqlSpelling, CallsInsideOfCallsToo) {
  EXPECT_EQ(plain("lower(TRIM(BOTH FROM SUBSTRING(x FROM 1))) || (TRIM(BOTH FROM y))"),
            "lower(pg_catalog.btrim(pg_catalog.\"substring\"(x, 1))) || (pg_catalog.btrim(y))");
}

/// It gives another type since 14.
TEST(SqlSpelling, ExtractOnlyWhereItIsTheSame) {
  EXPECT_EQ(plain("EXTRACT(year FROM now())"), "EXTRACT(year FROM now())");
  EXPECT_EQ(with_plain_calls("EXTRACT(year FROM now())", true),
            "pg_catalog.date_part('year', now())");
}

TEST(SqlSpelling, WhatIsNoSuchCallStays) {
  for (const auto* text : {"", "x", "btrim(x)", "'TRIM(BOTH FROM x)'::text", "(a IN (b))",
                           "\"trim\"(x)", "TRIM(x)", "( SELECT t.a FROM t WHERE (t.b = 1))", "((",
                           "TRIM(BOTH FROM x", "(a AT b)", "POSITION(x)"})
    EXPECT_EQ(plain(text), text);
}

TEST(SqlSpelling, AConstantNeedsNoName) {
  EXPECT_EQ(plain("EXISTS ( SELECT true AS bool FROM t)"), "EXISTS ( SELECT true FROM t)");
  EXPECT_EQ(plain("SELECT a AS bool"), "SELECT a AS bool");
}

TEST(SqlSpelling, CallsInArraysToo) {
  EXPECT_EQ(plain(R"x({"TRIM(BOTH FROM x)",b})x"), R"x({"pg_catalog.btrim(x)","b"})x");
}

TEST(SqlSpelling, ANameThatBecomesAValueIsQuoted) {
  EXPECT_EQ(spelled_for("(system_user <> 'system_user'::text)", 15, 16),
            "(\"system_user\" <> 'system_user'::text)");
  EXPECT_EQ(spelled_for("{\"lower(t.system_user)\",a}", 13, 19),
            R"x({"lower(t.\"system_user\")","a"})x");
  for (const auto& [from, to] : {std::pair{15, 15}, {16, 15}, {16, 18}, {13, 14}})
    EXPECT_EQ(spelled_for("(system_user = 1)", from, to), std::nullopt);
  EXPECT_EQ(spelled_for("(\"system_user\" = system_users)", 15, 16), std::nullopt);
}

}  // namespace
}  // namespace pgmend::sql
