// SPDX-License-Identifier: MIT
#include "engine/planner.hpp"

#include <gmock/gmock.h>

#include "made_up_kinds.hpp"

namespace pgmend::engine {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Strings = std::vector<std::string>;

// in_order

Object needing(Object object, const std::vector<Object>& needed) {
  for (const auto& each : needed) object.depends_on.push_back({each.kind, each.name});
  return object;
}

/// One step for each object, ordered; the objects' names.
Strings order_of(const std::vector<Object>& objects) {
  std::vector<Finding> findings;
  std::vector<Step> steps;
  for (const auto& object : objects) {
    steps.push_back(step(object.name.group(), {findings.size()}, {}));
    findings.push_back(missing(object));
  }
  Strings names;
  for (const auto& next : in_order(std::move(steps), findings))
    names.push_back(findings[next.findings.at(0)].name.name);
  return names;
}

TEST(InOrder, KeepsTheOrderOfWhatIsIndependent) {
  EXPECT_THAT(order_of({stone("c"), stone("a"), stone("b")}), ElementsAre("c", "a", "b"));
  EXPECT_THAT(order_of({}), IsEmpty());
}

TEST(InOrder, OwnersStandBeforeWhatTheyOwn) {
  EXPECT_THAT(order_of({stone("a"), cord("b"), box("chest")}), ElementsAre("chest", "a", "b"));
}

TEST(InOrder, AnOwnerOfTheSameNameInAnotherSchemaIsAStranger) {
  EXPECT_THAT(order_of({stone("a"), object(k_box, {"app", "", "chest"})}),
              ElementsAre("a", "chest"));
}

TEST(InOrder, WhatIsNeededStandsBefore) {
  EXPECT_THAT(order_of({needing(cord("a"), {stone("c")}), stone("b"), stone("c")}),
              ElementsAre("b", "c", "a"));
}

TEST(InOrder, AReferenceMeansKindAndName) {
  EXPECT_THAT(order_of({needing(cord("a"), {stone("b")}), cord("b")}), ElementsAre("a", "b"));
}

TEST(InOrder, FollowsChains) {
  EXPECT_THAT(order_of({needing(stone("a"), {stone("b")}), needing(stone("b"), {stone("c")}),
                        needing(stone("c"), {stone("d")}), stone("d")}),
              ElementsAre("d", "c", "b", "a"));
}

TEST(InOrder, WhatIsNotPlannedDoesNotHold) {
  EXPECT_THAT(order_of({needing(stone("a"), {stone("elsewhere")}), stone("b")}),
              ElementsAre("a", "b"));
}

TEST(InOrder, CyclesEnd) {
  EXPECT_THAT(order_of({needing(stone("a"), {stone("b")}), needing(stone("b"), {stone("a")})}),
              ElementsAre("a", "b"));
  EXPECT_THAT(order_of({needing(stone("a"), {stone("a")})}), ElementsAre("a"));
}

TEST(InOrder, WhatIsOutsideTheCycleIsStillInOrder) {
  EXPECT_THAT(order_of({needing(stone("a"), {stone("b")}), needing(stone("b"), {stone("a")}),
                        needing(stone("c"), {stone("d")}), stone("d")}),
              ElementsAre("d", "c", "a", "b"));
}

TEST(InOrder, AStepNeedsWhatAnyOfItsFindingsNeeds) {
  const std::vector<Finding> findings = {
      missing(stone("a")), missing(needing(stone("b"), {cord("c")})), missing(cord("c"))};
  const auto steps = in_order({step("chest", {0, 1}, {}), step("chest", {2}, {})}, findings);
  ASSERT_THAT(steps, SizeIs(2));
  EXPECT_THAT(steps[0].findings, ElementsAre(2U));
  EXPECT_THAT(steps[1].findings, ElementsAre(0U, 1U));
}

/// What is to be done about findings, in order: the name and the attribute.
Strings order_of_findings(const std::vector<Finding>& findings) {
  std::vector<Step> steps;
  for (const auto& finding : findings)
    steps.push_back(step(finding.name.group(), {steps.size()}, {}));
  Strings names;
  for (const auto& next : in_order(std::move(steps), findings)) {
    const auto& finding = findings[next.findings.at(0)];
    names.push_back(finding.name.name);
    if (finding.attribute)
      names.back() += '.' + std::string(finding.kind->attributes[*finding.attribute].name);
  }
  return names;
}

Finding other(const Object& wanted, const Object& found, std::string_view attribute) {
  return different(wanted, found, attribute, {.consent = Consent::alter});
}

Finding too_many(const Object& actual) {
  Finding made;
  made.kind = actual.kind;
  made.name = actual.name;
  made.actual = actual;
  return made;
}

TEST(InOrder, WhatNamesPartsComesBehindThem) {
  const auto marked = object(k_box, {"public", "", "chest"}, {{"mark", "b"}, {"weight", "1"}});
  EXPECT_THAT(
      order_of_findings({other(marked, box("chest"), "mark"), other(marked, box("chest"), "weight"),
                         missing(stone("a")), missing(cord("b"))}),
      ElementsAre("chest.weight", "a", "b", "chest.mark"));
}

TEST(InOrder, WhatNamesPartsOfWhatItRestsOnComesBehindThoseToo) {
  const auto marked =
      needing(object(k_box, {"public", "", "drawer"}, {{"mark", "b"}}), {box("chest")});
  EXPECT_THAT(order_of_findings({other(marked, box("drawer"), "mark"), missing(cord("b"))}),
              ElementsAre("b", "drawer.mark"));
}

TEST(InOrder, ToTakeSuchANameBackComesFirst) {
  const auto marked = object(k_box, {"public", "", "chest"}, {{"mark", "b"}});
  EXPECT_THAT(order_of_findings({missing(cord("a")), other(box("chest"), marked, "mark")}),
              ElementsAre("chest.mark", "a"));
}

TEST(InOrder, ItWaitsForColumnsThatAreTooManyAndNotForOtherParts) {
  const auto marked = object(k_box, {"public", "", "chest"}, {{"mark", "b"}});
  EXPECT_THAT(order_of_findings({other(marked, box("chest"), "mark"), too_many(cord("old")),
                                 too_many(stone("a"))}),
              ElementsAre("old", "a", "chest.mark"));
  EXPECT_THAT(order_of_findings({other(marked, box("chest"), "mark"), too_many(cord("old"))}),
              ElementsAre("chest.mark", "old"));
}

TEST(InOrder, NothingWaitsForWhatComesLast) {
  const auto marked = object(k_box, {"public", "", "chest"}, {{"mark", "b"}});
  const auto view = needing(object(k_box, {"public", "", "view"}), {marked});
  const auto resting = needing(cord("b"), {view});
  EXPECT_THAT(
      order_of_findings({missing(view), other(marked, box("chest"), "mark"), missing(resting)}),
      ElementsAre("view", "b", "chest.mark"));
}

// merged

Step adding(const std::string& relation, const std::string& column, std::size_t finding) {
  return step(relation, {finding}, {action("ALTER TABLE " + relation, "ADD COLUMN " + column)});
}

TEST(Merged, JoinsActionsOfOneStatement) {
  const auto steps = merged({adding("t", "a", 4), adding("t", "b", 7), adding("t", "c", 5)});
  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_THAT(all_sql(steps[0].recipe),
              ElementsAre("ALTER TABLE t ADD COLUMN a, ADD COLUMN b, ADD COLUMN c"));
  EXPECT_THAT(steps[0].findings, ElementsAre(4U, 7U, 5U));
}

TEST(Merged, KeepsTheAlternatives) {
  const auto steps = merged({adding("t", "a", 0), adding("t", "b", 1), adding("t", "c", 2)});
  ASSERT_THAT(steps.at(0).alternatives, SizeIs(3));
  Strings sql;
  for (const auto& alternative : steps[0].alternatives) {
    EXPECT_THAT(alternative.alternatives, IsEmpty());
    EXPECT_THAT(alternative.findings, SizeIs(1));
    sql.push_back(all_sql(alternative.recipe).at(0));
  }
  EXPECT_THAT(sql, ElementsAre("ALTER TABLE t ADD COLUMN a", "ALTER TABLE t ADD COLUMN b",
                               "ALTER TABLE t ADD COLUMN c"));
}

TEST(Merged, AStepAloneHasNoAlternatives) {
  EXPECT_THAT(merged({adding("t", "a", 0)}).at(0).alternatives, IsEmpty());
}

TEST(Merged, LeavesRelationsApart) {
  const auto steps = merged({adding("t", "a", 0), adding("u", "b", 1), adding("t", "c", 2)});
  ASSERT_THAT(steps, SizeIs(2));
  EXPECT_THAT(all_sql(steps[0].recipe), ElementsAre("ALTER TABLE t ADD COLUMN a, ADD COLUMN c"));
  EXPECT_THAT(all_sql(steps[1].recipe), ElementsAre("ALTER TABLE u ADD COLUMN b"));
}

TEST(Merged, LeavesRecipesOfSeveralStagesAlone) {
  auto two =
      step("t", {1}, {action("ALTER TABLE t", "ADD COLUMN b"), action("ALTER TABLE t", "x")});
  const auto steps = merged({adding("t", "a", 0), two, adding("t", "c", 2)});
  ASSERT_THAT(steps, SizeIs(2));
  EXPECT_THAT(steps[0].findings, ElementsAre(0U, 2U));
  EXPECT_THAT(steps[1].recipe.stages, SizeIs(2));
}

TEST(Merged, LeavesWholeStatementsAlone) {
  Stage whole;
  whole.statements = {"CREATE INDEX i ON t (a)"};
  EXPECT_THAT(merged({step("t", {0}, {whole}), step("t", {1}, {whole})}), SizeIs(2));
}

TEST(Merged, TakesTheHeaviestLockAndCost) {
  auto light = adding("t", "a", 0);
  light.recipe.stages[0].lock = Lock::share;
  light.recipe.stages[0].cost = Cost::scan;
  auto heavy = adding("t", "b", 1);
  heavy.recipe.stages[0].lock = Lock::access_exclusive;
  heavy.recipe.stages[0].cost = Cost::rewrite;
  for (const auto& order : {std::vector{light, heavy}, std::vector{heavy, light}}) {
    const auto stage = merged(order).at(0).recipe.stages.at(0);
    EXPECT_EQ(stage.lock, Lock::access_exclusive);
    EXPECT_EQ(stage.cost, Cost::rewrite);
  }
}

}  // namespace
}  // namespace pgmend::engine
