// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "util/digest.hpp"
#include "util/sql_schema_names.hpp"

namespace pgmend {
namespace {

std::string to_t1(std::string_view text, const std::string& from = "public") {
  return sql::with_schema(text, from, "t1");
}

TEST(SchemaNames, QualifiedNamesAreTakenOver) {
  EXPECT_EQ("t1.mood", to_t1("public.mood"));
  EXPECT_EQ("\"t1\".\"users\"", to_t1("\"public\".\"users\""));
  EXPECT_EQ(
      " SELECT o.id FROM (t1.orders o JOIN t1.users u ON ((u.id = o.user_id)))",
      to_t1(" SELECT o.id FROM (public.orders o JOIN public.users u ON ((u.id = o.user_id)))"));
  EXPECT_EQ("CHECK (t1.f(x) > 0)", to_t1("CHECK (PUBLIC.f(x) > 0)"));
}

TEST(SchemaNames, OtherSchemasStay) {
  EXPECT_EQ("shared.users", to_t1("shared.users"));
  EXPECT_EQ("\"Public\".users", to_t1("\"Public\".users"));
  EXPECT_EQ("notpublic.users", to_t1("notpublic.users"));
  EXPECT_EQ("public2.users", to_t1("public2.users"));
}

TEST(SchemaNames, WhatIsNoSchemaStays) {
  EXPECT_EQ("'see public.users'::text", to_t1("'see public.users'::text"));
  EXPECT_EQ("a /* public.b */ c", to_t1("a /* public.b */ c"));
  EXPECT_EQ("(public)", to_t1("(public)"));
  EXPECT_EQ("shop.public.users", to_t1("shop.public.users"));
  EXPECT_EQ("\"is public.b\"", to_t1("\"is public.b\""));
}

TEST(SchemaNames, ConstantsThatNameObjectsAreTakenOver) {
  EXPECT_EQ("nextval('t1.users_id_seq'::regclass)",
            to_t1("nextval('public.users_id_seq'::regclass)"));
  EXPECT_EQ("'t1.\"It''s\"'::regclass", to_t1("'public.\"It''s\"'::regclass"));
  EXPECT_EQ("('a'::text || ('t1.f(integer)'::regprocedure)::text)",
            to_t1("('a'::text || ('public.f(integer)'::regprocedure)::text)"));
  EXPECT_EQ("'public'::regnamespace", to_t1("'public'::regnamespace"));
}

TEST(SchemaNames, ElementsOfArraysAreTextsOfTheirOwn) {
  EXPECT_EQ(R"x({t1.f(x),NULL,"lower(t1.g(y, z))"})x",
            to_t1(R"x({public.f(x),NULL,"lower(public.g(y, z))"})x"));
  EXPECT_EQ(R"({"'public.a'::text"})", to_t1(R"({"'public.a'::text"})"));
}

TEST(SchemaNames, ASearchPathNamesSchemasBare) {
  EXPECT_EQ("search_path=t1, shared", to_t1("search_path=public, shared"));
  EXPECT_EQ(R"({work_mem=1MB,"search_path=t1, shared"})",
            to_t1(R"({work_mem=1MB,"search_path=public, shared"})"));
}

TEST(SchemaNames, TheSchemaItselfIsNamedToo) {
  EXPECT_EQ("schema t1", sql::with_schema_in_name("schema public", "public", "t1"));
  EXPECT_EQ("schema t1 USAGE to app",
            sql::with_schema_in_name("schema \"p 1\" USAGE to app", "p 1", "t1"));
  EXPECT_EQ("schema public2", sql::with_schema_in_name("schema public2", "public", "t1"));
  EXPECT_EQ("table column t1.users.mail",
            sql::with_schema_in_name("table column public.users.mail", "public", "t1"));
}

TEST(SchemaNames, OddNamesAreQuoted) {
  EXPECT_EQ("\"t-1\".users", sql::with_schema("public.users", "public", "t-1"));
  EXPECT_EQ("\"t1\".users", to_t1("\"t-1\".users", "t-1"));
  EXPECT_EQ("\"t1\".users", to_t1("\"say \"\"hi\"\"\".users", "say \"hi\""));
  EXPECT_EQ("users", to_t1("users", ""));
}

TEST(Digest, IsTheSameInWhateverOrder) {
  Digest one;
  one.add(Digest("a"));
  one.add(Digest("b"));
  Digest other;
  other.add(Digest("b"));
  EXPECT_NE(one, other);
  Digest rest;
  rest.add(Digest("a"));
  other.unite(rest);
  EXPECT_EQ(one, other);
}

TEST(Digest, CountsWhatIsThereTwice) {
  Digest once;
  once.add(Digest("a"));
  auto twice = once;
  twice.add(Digest("a"));
  EXPECT_NE(once, twice);
  EXPECT_NE(Digest("a").then(Digest("b")), Digest("b").then(Digest("a")));
}

// Reports of several machines are held against each other.
TEST(Digest, StaysTheSameFromReleaseToRelease) {
  EXPECT_EQ(Digest("a table").text(), Digest("a table").text());
  EXPECT_EQ(32U, Digest("a table").text().size());
}

}  // namespace
}  // namespace pgmend
