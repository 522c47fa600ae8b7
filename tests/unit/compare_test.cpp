// SPDX-License-Identifier: MIT
#include "engine/compare.hpp"

#include <gmock/gmock.h>

#include "made_up_kinds.hpp"

namespace pgmend::engine {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> words(const Comparison& comparison) {
  std::vector<std::string> out;
  for (const auto& finding : comparison.findings) {
    auto line = std::string(to_string(finding.judgement.sort)) + ' ' + display(finding.name);
    if (finding.attribute)
      line += ' ' + std::string(finding.kind->attributes[*finding.attribute].name);
    if (finding.consequence) line += " (consequence)";
    if (!finding.is_drift()) line += " (" + std::string(to_string(finding.judgement.weight)) + ')';
    out.push_back(line);
  }
  return out;
}

class Compare : public testing::Test {
 protected:
  Comparison compare_chest(const std::vector<Object>& wanted, const std::vector<Object>& found) {
    auto with_box = [](std::vector<Object> parts) {
      parts.insert(parts.begin(), box("chest"));
      return schema(parts);
    };
    m_expected = with_box(wanted);
    m_actual = with_box(found);
    return compare(m_expected, m_actual);
  }

  Schema m_expected;
  Schema m_actual;
};

constexpr std::array k_jar_attributes = {
    Attribute{
        .name = "crack", .doc = "", .form = Attribute::Form::fault, .judge = judge_by_restore},
};

/// A crack is nothing that anybody wants, whether or not the pattern has one.
TEST_F(Compare, HoldsAFaultAgainstItsAbsence) {
  auto jar = made_up("jar", "");
  jar.attributes = k_jar_attributes;
  const Name name = {"public", "", "jar"};
  const auto found = [&](const Object& wanted, const Texts& values) {
    m_expected = schema({wanted});
    m_actual = schema({object(jar, name, values)});
    return words(compare(m_expected, m_actual));
  };
  EXPECT_THAT(found(object(jar, name), {{"crack", "long"}}), ElementsAre("broken jar crack"));
  EXPECT_THAT(found(object(jar, name, {{"crack", "long"}}), {{"crack", "long"}}),
              ElementsAre("broken jar crack"));
  EXPECT_THAT(found(object(jar, name, {{"crack", "long"}}), {}), IsEmpty());
  EXPECT_THAT(found(partial(jar, name), {{"crack", "long"}}), IsEmpty());
}

TEST_F(Compare, FindsNothingWhereAllAgrees) {
  const auto result = compare_chest({stone("a", {{"weight", "1"}, {"formula", "x + y"}})},
                                    {stone("a", {{"weight", "1"}, {"formula", "x + y"}})});
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.doubts, IsEmpty());
}

TEST_F(Compare, FindsWhatIsMissing) {
  auto wanted = stone("a", {{"weight", "1"}});
  wanted.where = {"spec.yaml", 3, 7};
  const auto result = compare_chest({wanted}, {});
  ASSERT_THAT(words(result), ElementsAre("missing chest.a"));
  const auto& finding = result.findings[0];
  EXPECT_EQ(finding.kind, &k_stone);
  EXPECT_EQ(finding.judgement.consent, Consent::add);
  EXPECT_EQ(finding.attribute, std::nullopt);
  EXPECT_EQ(display(finding.where), "spec.yaml:3:7");
  ASSERT_TRUE(finding.expected);
  EXPECT_EQ(finding.expected->text("weight"), "1");
  EXPECT_FALSE(finding.actual);
}

TEST_F(Compare, LetsTheKindJudgeWhatIsMissing) {
  auto kind = made_up("stone", "box");
  kind.judge_missing = [](const Object& expected) {
    return Judgement{
        .sort = Sort::missing, .consent = Consent::never, .reason = expected.name.name};
  };
  const auto result = compare_chest({object(kind, {"public", "chest", "a"})}, {});
  ASSERT_THAT(words(result), ElementsAre("missing chest.a"));
  EXPECT_EQ(result.findings[0].judgement.consent, Consent::never);
  EXPECT_EQ(result.findings[0].judgement.reason, "a");
}

TEST_F(Compare, DoesNotLookAtWhatIsNotNamed) {
  EXPECT_THAT(compare_chest({}, {stone("a"), cord("b")}).findings, IsEmpty());
}

TEST_F(Compare, TellsKindsApart) {
  EXPECT_THAT(words(compare_chest({stone("a", {{"weight", "1"}})}, {cord("a", {{"weight", "1"}})})),
              ElementsAre("missing chest.a"));
}

TEST_F(Compare, LetsTheAttributeJudge) {
  const auto result =
      compare_chest({stone("a", {{"weight", "1"}})}, {stone("a", {{"weight", "2"}})});
  ASSERT_THAT(words(result), ElementsAre("different chest.a weight"));
  const auto& finding = result.findings[0];
  EXPECT_EQ(finding.judgement.consent, Consent::alter);
  EXPECT_EQ(finding.judgement.reason, "a: 1/2");
  EXPECT_EQ(finding.expected_value().text(), "1");
  EXPECT_EQ(finding.actual_value().text(), "2");
}

TEST_F(Compare, FindsEachAttributeByItself) {
  const auto result = compare_chest({stone("a", {{"weight", "1"}, {"state", "whole"}})},
                                    {stone("a", {{"weight", "2"}, {"state", "cracked"}})});
  EXPECT_THAT(words(result), ElementsAre("different chest.a weight", "broken chest.a state"));
}

TEST_F(Compare, PresentAndAbsentDiffer) {
  EXPECT_THAT(words(compare_chest({stone("a", {{"weight", "1"}})}, {stone("a")})),
              ElementsAre("different chest.a weight"));
  EXPECT_THAT(words(compare_chest({stone("a")}, {stone("a", {{"weight", "1"}})})),
              ElementsAre("different chest.a weight"));
  EXPECT_THAT(words(compare_chest({stone("a", {{"weight", ""}})}, {stone("a")})),
              ElementsAre("different chest.a weight"));
}

TEST_F(Compare, WhatIsNotSpecifiedAgreesWithEverything) {
  const auto wanted = partial(k_stone, {"public", "chest", "a"}, {{"weight", "1"}});
  EXPECT_THAT(compare_chest({wanted}, {stone("a", {{"weight", "1"}, {"formula", "x"}})}).findings,
              IsEmpty());
  EXPECT_THAT(words(compare_chest({wanted}, {stone("a", {{"weight", "2"}, {"state", "x"}})})),
              ElementsAre("different chest.a weight"));
}

TEST_F(Compare, IgnoresDirectives) {
  EXPECT_THAT(compare_chest({stone("a", {{"wish", "1"}})}, {stone("a", {{"wish", "2"}})}).findings,
              IsEmpty());
  EXPECT_THAT(compare_chest({stone("a", {{"wish", "1"}})}, {stone("a")}).findings, IsEmpty());
}

TEST_F(Compare, TextsThatDifferAreDoubts) {
  const auto result =
      compare_chest({stone("a", {{"formula", "x"}})}, {stone("a", {{"formula", "(x)"}})});
  EXPECT_THAT(result.findings, IsEmpty());
  ASSERT_THAT(result.doubts, SizeIs(1));
  const auto& doubt = result.doubts[0];
  EXPECT_EQ(doubt.expected->text("formula"), "x");
  EXPECT_EQ(doubt.actual->text("formula"), "(x)");
  EXPECT_EQ(doubt.attribute, k_stone.attribute_position("formula"));
}

TEST_F(Compare, ATextThatIsNotThereIsNoDoubt) {
  const auto lacks = compare_chest({stone("a", {{"formula", "x"}})}, {stone("a")});
  EXPECT_THAT(words(lacks), ElementsAre("different chest.a formula"));
  EXPECT_THAT(lacks.doubts, IsEmpty());
  const auto has = compare_chest({stone("a")}, {stone("a", {{"formula", "x"}})});
  EXPECT_THAT(words(has), ElementsAre("different chest.a formula"));
  EXPECT_THAT(has.doubts, IsEmpty());
}

TEST_F(Compare, ADoubtBecomesAFinding) {
  const auto wanted = stone("a", {{"formula", "x"}});
  const auto found = stone("a", {{"formula", "y"}});
  const auto finding = difference(wanted, found, k_stone.attribute_position("formula"));
  EXPECT_EQ(finding.judgement.reason, "a: x/y");
  EXPECT_EQ(finding.expected_value().text(), "x");
  EXPECT_EQ(finding.actual_value().text(), "y");
}

// Names

TEST_F(Compare, AnEqualObjectUnderAnotherNameIsInformation) {
  const auto result = compare_chest({cord("a", {{"weight", "1"}})}, {cord("b", {{"weight", "1"}})});
  ASSERT_THAT(words(result), ElementsAre("missing chest.a (information)"));
  EXPECT_EQ(result.findings[0].judgement.reason, "it is there under the name b");
  EXPECT_EQ(result.findings[0].judgement.consent, Consent::never);
  EXPECT_EQ(result.findings[0].actual->name.name, "b");
}

TEST_F(Compare, OneThatDiffersInTextsOnlyMayBeIt) {
  const auto result = compare_chest({cord("a", {{"weight", "1"}, {"formula", "x"}})},
                                    {cord("b", {{"weight", "1"}, {"formula", "(x)"}}),
                                     cord("c", {{"weight", "2"}, {"formula", "(x)"}})});
  EXPECT_THAT(result.findings, IsEmpty());
  ASSERT_THAT(result.lookalikes, SizeIs(1));
  EXPECT_EQ(result.lookalikes[0].expected->name.name, "a");
  ASSERT_THAT(result.lookalikes[0].candidates, SizeIs(1));
  EXPECT_EQ(result.lookalikes[0].candidates[0]->name.name, "b");
}

TEST_F(Compare, AnUnequalObjectUnderAnotherNameIsNothing) {
  EXPECT_THAT(words(compare_chest({cord("a", {{"weight", "1"}})}, {cord("b", {{"weight", "2"}})})),
              ElementsAre("missing chest.a"));
}

TEST_F(Compare, WithNothingButANameThereIsNoSubstitute) {
  const auto wanted = partial(k_cord, {"public", "chest", "a"});
  EXPECT_THAT(words(compare_chest({wanted}, {cord("b")})), ElementsAre("missing chest.a"));
}

TEST_F(Compare, AnObjectThatIsExpectedItselfIsNoSubstitute) {
  const auto same = Texts{{"weight", "1"}};
  EXPECT_THAT(words(compare_chest({cord("a", same), cord("b", same)}, {cord("b", same)})),
              ElementsAre("missing chest.a"));
}

TEST_F(Compare, AnObjectOfAnotherRelationIsNoSubstitute) {
  const auto elsewhere = object(k_cord, {"public", "crate", "b"}, {{"weight", "1"}});
  EXPECT_THAT(words(compare_chest({cord("a", {{"weight", "1"}})}, {elsewhere})),
              ElementsAre("missing chest.a"));
}

TEST_F(Compare, WhereOthersUseTheNameThereIsNoSubstitute) {
  const auto same = Texts{{"weight", "1"}};
  EXPECT_THAT(words(compare_chest({stone("a", same)}, {stone("b", same)})),
              ElementsAre("missing chest.a"));
}

TEST_F(Compare, ANameTheServerMadeUpDoesNotMatter) {
  for (const auto& make : {stone, cord}) {
    auto wanted = make("a", {{"weight", "1"}});
    wanted.any_name = true;
    EXPECT_THAT(compare_chest({wanted}, {make("b", {{"weight", "1"}})}).findings, IsEmpty());
    EXPECT_THAT(words(compare_chest({wanted}, {make("b", {{"weight", "2"}})})),
                ElementsAre("missing chest.a"));
  }
}

TEST_F(Compare, AMadeUpNameThatSomethingElseHasIsLookedPast) {
  auto wanted = cord("a", {{"weight", "1"}});
  wanted.any_name = true;
  EXPECT_THAT(compare_chest({wanted}, {cord("a", {{"weight", "2"}}), cord("b", {{"weight", "1"}})})
                  .findings,
              IsEmpty());
  EXPECT_THAT(words(compare_chest({wanted}, {cord("a", {{"weight", "2"}})})),
              ElementsAre("different chest.a weight"));
}

// Owners

TEST_F(Compare, WhatBelongsToAMissingOwnerIsAConsequence) {
  const auto expected = schema({box("chest"), stone("a", {{"weight", "1"}}), cord("b")});
  EXPECT_THAT(words(compare(expected, {})),
              ElementsAre("missing chest", "missing chest.a (consequence)",
                          "missing chest.b (consequence)"));
}

TEST_F(Compare, WithoutAnExpectedOwnerThereIsNoConsequence) {
  EXPECT_THAT(words(compare(schema({stone("a")}), {})), ElementsAre("missing chest.a"));
}

TEST_F(Compare, AnOwnerInAnotherSchemaDoesNotCount) {
  const auto expected = schema({box("chest"), stone("a")});
  const auto actual = schema({object(k_box, {"app", "", "chest"})});
  EXPECT_THAT(words(compare(expected, actual)),
              ElementsAre("missing chest", "missing chest.a (consequence)"));
}

TEST_F(Compare, FindingsStandInTheOrderOfTheExpected) {
  EXPECT_THAT(words(compare_chest({stone("z"), cord("m", {{"weight", "1"}}), stone("a")},
                                  {cord("m", {{"weight", "2"}})})),
              ElementsAre("missing chest.z", "different chest.m weight", "missing chest.a"));
}

TEST(Equal, IsToTheLetter) {
  EXPECT_TRUE(equal(stone("a", {{"formula", "x"}}), stone("b", {{"formula", "x"}})));
  EXPECT_FALSE(equal(stone("a", {{"formula", "x"}}), stone("a", {{"formula", "(x)"}})));
  EXPECT_TRUE(equal(stone("a", {{"wish", "x"}}), stone("a")));
  EXPECT_TRUE(equal(partial(k_stone, {"public", "chest", "a"}), stone("a", {{"weight", "1"}})));
}

}  // namespace
}  // namespace pgmend::engine
