// SPDX-License-Identifier: MIT
#include "util/sql_words.hpp"

#include <gmock/gmock.h>

namespace pgmend::sql {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> texts(std::string_view sql) {
  std::vector<std::string> found;
  for (const auto& word : words(sql)) found.push_back(word.text);
  return found;
}

TEST(SqlWords, BareWordsAreFolded) {
  EXPECT_THAT(texts("integer REFERENCES Other.P1$ (id)"),
              ElementsAre("integer", "references", "other", ".", "p1$", "(", "id", ")"));
}

TEST(SqlWords, QuotedNamesKeepTheirCase) {
  EXPECT_THAT(texts(R"("S s"."P""p")"), ElementsAre("S s", ".", "P\"p"));
  EXPECT_EQ(words("\"a\"")[0].form, Word::Form::quoted);
  EXPECT_EQ(words("a")[0].form, Word::Form::bare);
  EXPECT_FALSE(words(".")[0].is_name());
}

TEST(SqlWords, KnowWhereTheyStand) {
  const std::string sql = R"(x  REFERENCES "a""b". c)";
  const auto found = words(sql);
  EXPECT_EQ(sql.substr(found[1].begin, found[1].end - found[1].begin), "REFERENCES");
  EXPECT_EQ(sql.substr(found[2].begin, found[2].end - found[2].begin), R"("a""b")");
  EXPECT_EQ(found.back().end, sql.size());
}

TEST(SqlWords, NothingInsideStringsCounts) {
  EXPECT_THAT(texts("a 'b c' d"), ElementsAre("a", "d"));
  EXPECT_THAT(texts("a 'it''s b' d"), ElementsAre("a", "d"));
  EXPECT_THAT(texts(R"(a 'b\' d)"), ElementsAre("a", "d"));
  EXPECT_THAT(texts(R"(a E'b\'c' d)"), ElementsAre("a", "d"));
  EXPECT_THAT(texts(R"(a E'b''c\'d' e)"), ElementsAre("a", "e"));
  EXPECT_THAT(texts("a $$b 'c$$ d"), ElementsAre("a", "d"));
  EXPECT_THAT(texts("a $x$b $$ c$x$ d"), ElementsAre("a", "d"));
}

TEST(SqlWords, ADollarSignInANameOrAParameterIsNoString) {
  EXPECT_THAT(texts("a$b$c d"), ElementsAre("a$b$c", "d"));
  EXPECT_THAT(texts("$1 d$"), ElementsAre("$", "1", "d$"));
}

TEST(SqlWords, NothingInsideCommentsCounts) {
  EXPECT_THAT(texts("a -- b\nc"), ElementsAre("a", "c"));
  EXPECT_THAT(texts("a /* b /* c */ d */ e"), ElementsAre("a", "e"));
  EXPECT_THAT(texts("a/*b*/c"), ElementsAre("a", "c"));
}

TEST(SqlWords, WhatDoesNotEndEndsWithTheText) {
  for (const auto* sql : {"'a", "E'a\\", "\"", "/* a", "/*", "-- a", "$x$ a", "$x", "\"a\"\""})
    for (const auto& word : words(sql)) EXPECT_LE(word.end, std::string_view(sql).size()) << sql;
  EXPECT_THAT(texts(""), IsEmpty());
  EXPECT_THAT(texts("\"a"), ElementsAre("a"));
}

}  // namespace
}  // namespace pgmend::sql
