// SPDX-License-Identifier: MIT
#include "kinds/constraints/references.hpp"

#include <gmock/gmock.h>

#include "kinds/kinds.hpp"

namespace pgmend::kinds {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "schema.relation(parts)" for each mention, and what stands at its place.
std::vector<std::string> mentioned(const std::string& text) {
  std::vector<std::string> found;
  for (const auto& mention : k_references.mentions(text)) {
    auto words = mention.schema + "." + mention.relation + "(";
    for (const auto& part : mention.parts) words += part + ",";
    found.push_back(words + ") " + text.substr(mention.begin, mention.end - mention.begin));
  }
  return found;
}

TEST(References, AreFoundWithTheirPlace) {
  EXPECT_THAT(mentioned("int REFERENCES p"), ElementsAre(".p() p"));
  EXPECT_THAT(mentioned("int references O.P (Id) ON DELETE CASCADE"), ElementsAre("o.p(id,) O.P"));
  EXPECT_THAT(mentioned(R"(FOREIGN KEY (a, b) REFERENCES "S s" . "P""p" ("I d", b))"),
              ElementsAre(R"(S s.P"p(I d,b,) "S s" . "P""p")"));
  EXPECT_THAT(mentioned("int REFERENCES a REFERENCES b.c"), ElementsAre(".a() a", "b.c() b.c"));
}

TEST(References, InStringsAndNamesAreNone) {
  EXPECT_THAT(mentioned("text DEFAULT 'references p'"), IsEmpty());
  EXPECT_THAT(mentioned("text /* references p */"), IsEmpty());
  EXPECT_THAT(mentioned(R"("references" p)"), IsEmpty());
  EXPECT_THAT(mentioned("int REFERENCES"), IsEmpty());
  EXPECT_THAT(mentioned("int REFERENCES (a)"), IsEmpty());
  EXPECT_THAT(mentioned("int REFERENCES db.s.t (a)"), IsEmpty());
}

TEST(References, ListsThatAreNotPlainAreLeftToTheServer) {
  EXPECT_THAT(mentioned("int REFERENCES p (a"), ElementsAre(".p() p"));
  EXPECT_THAT(mentioned("int REFERENCES p (a + 1)"), ElementsAre(".p() p"));
  EXPECT_THAT(mentioned("int REFERENCES p ()"), ElementsAre(".p() p"));
}

TEST(References, LongNamesAreCutAsTheServerDoes) {
  const auto found = k_references.mentions("int REFERENCES " + std::string(70, 'c'));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].relation, std::string(63, 'c'));
}

std::vector<std::string> target(const Kind& kind, const std::string& key, const std::string& text) {
  Declared declared;
  declared.section = kind.section;
  declared.name = {"public", "t", "c"};
  declared.parts[key] = {text, {}};
  return k_references.stated_target(declared);
}

TEST(References, KnowWhatAPrimaryKeyIsAbout) {
  EXPECT_THAT(target(k_column, "definition", "int PRIMARY  key"), ElementsAre("c"));
  EXPECT_THAT(target(k_column, "definition", "int DEFAULT 'primary key'"), IsEmpty());
  EXPECT_THAT(target(k_primary_key, "definition", "PRIMARY KEY (a, \"B\")"), ElementsAre("a", "B"));
  EXPECT_THAT(target(k_primary_key, "definition", "UNIQUE (a)"), IsEmpty());
}

TEST(References, TargetsAreKeys) {
  EXPECT_EQ(k_references.target_element({"a", "B"}, false), R"(UNIQUE ("a", "B"))");
  EXPECT_EQ(k_references.target_element({"a"}, true), R"(PRIMARY KEY ("a"))");
}

}  // namespace
}  // namespace pgmend::kinds
