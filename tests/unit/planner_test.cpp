// SPDX-License-Identifier: MIT
#include "engine/planner.hpp"

#include <gmock/gmock.h>

#include "engine/impossible.hpp"
#include "engine/merge.hpp"
#include "engine/order.hpp"
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

Finding extra(const Object& actual) {
  Finding made;
  made.kind = actual.kind;
  made.name = actual.name;
  made.judgement = {.sort = Sort::extra, .consent = Consent::drop, .weight = Weight::information};
  made.actual = std::make_shared<const Object>(actual);
  return made;
}

/// One step for each finding, in order; the objects' names.
Strings order_of(const std::vector<Finding>& findings, const Schema& actual) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < findings.size(); ++i)
    steps.push_back(step(findings[i].name.group(), {i}, {}));
  Strings names;
  for (const auto& next : in_order(std::move(steps), findings, actual))
    names.push_back(findings[next.findings.at(0)].name.name);
  return names;
}

TEST(InOrder, WhatRestsOnItGoesFirst) {
  const auto base = stone("a");
  const auto top = needing(stone("b"), {base});
  EXPECT_THAT(order_of({extra(base), extra(top)}, schema({base, top})), ElementsAre("b", "a"));
}

TEST(InOrder, WhatRestsOnAPartOfItGoesFirst) {
  const auto chest = box("chest");
  const auto part = stone("a");
  const auto other = needing(object(k_box, {"public", "", "other"}), {part});
  EXPECT_THAT(order_of({extra(chest), extra(other)}, schema({chest, part, other})),
              ElementsAre("other", "chest"));
}

TEST(InOrder, WhatIsChangedNotToNeedItIsChangedFirst) {
  const auto needed = stone("a");
  const auto before = needing(cord("b"), {needed});
  const auto change = different(cord("b"), before, "weight", {});
  EXPECT_THAT(order_of({extra(needed), change}, schema({needed, before})), ElementsAre("b", "a"));
}

TEST(InOrder, WhatGoesAlongComesAfterItWhereItHasTo) {
  auto first = stone("a");
  auto second = needing(stone("b"), {first});
  second.depends_on[0].goes_along = true;
  EXPECT_THAT(order_of({extra(first), extra(second)}, schema({first, second})),
              ElementsAre("b", "a"));
  first = needing(first, {second});  // and that keeps the second from going first
  EXPECT_THAT(order_of({extra(second), extra(first)}, schema({first, second})),
              ElementsAre("a", "b"));
}

TEST(InOrder, WhatHoldsACircleOfRemovalsTogetherIsDroppedByItself) {
  auto dropping = k_cord;
  dropping.drop = [](const Object& object) {
    return Recipe{.stages = {{.statements = {"DROP " + object.name.name}}}};
  };
  const auto one = box("one");
  const auto two = box("two");
  const auto of_one = needing(object(dropping, {"public", "one", "to_two"}), {two});
  const auto of_two = needing(object(dropping, {"public", "two", "to_one"}), {one});
  const auto ordered = in_order({step("one", {0}, {}), step("two", {1}, {})},
                                {extra(one), extra(two)}, schema({one, of_one, two, of_two}));
  ASSERT_THAT(ordered, SizeIs(2));
  EXPECT_THAT(all_sql(ordered[0].recipe), ElementsAre("DROP to_one"));
  EXPECT_THAT(all_sql(ordered[1].recipe), IsEmpty());
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
  EXPECT_THAT(order_of_findings(
                  {other(marked, box("chest"), "mark"), extra(cord("old")), extra(stone("a"))}),
              ElementsAre("old", "a", "chest.mark"));
  EXPECT_THAT(order_of_findings({other(marked, box("chest"), "mark"), extra(cord("old"))}),
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

// leave_out_impossible

TEST(LeaveOut, WhatRestsOnWhatIsNotMade) {
  auto refused = with_outcome(missing(stone("a")), Outcome::refused, "needs consent: rewrite");
  std::vector<Finding> findings = {refused, missing(needing(cord("b"), {stone("a")})),
                                   missing(needing(cord("c"), {cord("b")})), missing(cord("d"))};
  std::vector<Step> steps = {step("chest", {1}, {}), step("chest", {2}, {}),
                             step("chest", {3}, {})};
  leave_out_impossible(steps, findings, {});
  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_THAT(steps[0].findings, ElementsAre(3U));
  EXPECT_EQ(findings[1].outcome, Outcome::refused);
  EXPECT_EQ(findings[1].outcome_text, "it rests on stone chest.a, which is missing and not made");
  EXPECT_EQ(findings[2].outcome_text, "it rests on cord chest.b, which is missing and not made");
}

TEST(LeaveOut, RemovalsOfWhatSomethingThatStaysRestsOn) {
  const auto needed = stone("a");
  const auto staying = needing(cord("b"), {needed});
  std::vector<Finding> findings = {extra(needed)};
  std::vector<Step> steps = {step("chest", {0}, {})};
  leave_out_impossible(steps, findings, schema({needed, staying}));
  EXPECT_THAT(steps, IsEmpty());
  EXPECT_EQ(findings[0].outcome, Outcome::refused);
  EXPECT_EQ(findings[0].outcome_text, "cord chest.b rests on it, and stays");
}

// merged

Step adding(const std::string& relation, const std::string& column, std::size_t finding) {
  return step(relation, {finding}, {action("ALTER TABLE " + relation, "ADD COLUMN " + column)});
}

/// As many as the steps below speak of.
std::vector<Finding> nothing_removed() {
  std::vector<Finding> findings(10);
  for (auto& finding : findings) finding.expected = std::make_shared<const Object>();
  return findings;
}

TEST(Merged, JoinsActionsOfOneStatement) {
  const auto steps = merged({adding("t", "a", 4), adding("t", "b", 7), adding("t", "c", 5)},
                            nothing_removed(), {});
  ASSERT_THAT(steps, SizeIs(1));
  EXPECT_THAT(all_sql(steps[0].recipe),
              ElementsAre("ALTER TABLE t ADD COLUMN a, ADD COLUMN b, ADD COLUMN c"));
  EXPECT_THAT(steps[0].findings, ElementsAre(4U, 7U, 5U));
}

TEST(Merged, KeepsTheAlternatives) {
  const auto steps = merged({adding("t", "a", 0), adding("t", "b", 1), adding("t", "c", 2)},
                            nothing_removed(), {});
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
  EXPECT_THAT(merged({adding("t", "a", 0)}, nothing_removed(), {}).at(0).alternatives, IsEmpty());
}

TEST(Merged, LeavesRelationsApart) {
  const auto steps = merged({adding("t", "a", 0), adding("u", "b", 1), adding("t", "c", 2)},
                            nothing_removed(), {});
  ASSERT_THAT(steps, SizeIs(2));
  EXPECT_THAT(all_sql(steps[0].recipe), ElementsAre("ALTER TABLE t ADD COLUMN a, ADD COLUMN c"));
  EXPECT_THAT(all_sql(steps[1].recipe), ElementsAre("ALTER TABLE u ADD COLUMN b"));
}

TEST(Merged, LeavesRecipesOfSeveralStagesAlone) {
  auto two =
      step("t", {1}, {action("ALTER TABLE t", "ADD COLUMN b"), action("ALTER TABLE t", "x")});
  const auto steps = merged({adding("t", "a", 0), two, adding("t", "c", 2)}, nothing_removed(), {});
  ASSERT_THAT(steps, SizeIs(2));
  EXPECT_THAT(steps[0].findings, ElementsAre(0U, 2U));
  EXPECT_THAT(steps[1].recipe.stages, SizeIs(2));
}

TEST(Merged, LeavesWholeStatementsAlone) {
  Stage whole;
  whole.statements = {"CREATE INDEX i ON t (a)"};
  EXPECT_THAT(merged({step("t", {0}, {whole}), step("t", {1}, {whole})}, nothing_removed(), {}),
              SizeIs(2));
}

TEST(Merged, TakesTheHeaviestLockAndCost) {
  auto light = adding("t", "a", 0);
  light.recipe.stages[0].lock = Lock::share;
  light.recipe.stages[0].cost = Cost::scan;
  auto heavy = adding("t", "b", 1);
  heavy.recipe.stages[0].lock = Lock::access_exclusive;
  heavy.recipe.stages[0].cost = Cost::rewrite;
  for (const auto& order : {std::vector{light, heavy}, std::vector{heavy, light}}) {
    const auto stage = merged(order, nothing_removed(), {}).at(0).recipe.stages.at(0);
    EXPECT_EQ(stage.lock, Lock::access_exclusive);
    EXPECT_EQ(stage.cost, Cost::rewrite);
  }
}

}  // namespace
}  // namespace pgmend::engine
