// SPDX-License-Identifier: MIT
#include "model/plan.hpp"

#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"
#include "model/report.hpp"

namespace pgmend {
namespace {

using testing::ElementsAre;

TEST(Stage, SendsItsStatementsAsTheyAre) {
  Stage stage;
  stage.statements = {"A", "B"};
  EXPECT_THAT(stage.sql(), ElementsAre("A", "B"));
}

TEST(Stage, JoinsTheActionsOfAStatement) {
  Stage stage;
  stage.head = "ALTER TABLE t";
  stage.statements = {"ADD a int"};
  EXPECT_THAT(stage.sql(), ElementsAre("ALTER TABLE t ADD a int"));
  stage.statements.emplace_back("ADD b int");
  EXPECT_THAT(stage.sql(), ElementsAre("ALTER TABLE t ADD a int, ADD b int"));
}

TEST(Lock, HasPostgresNames) {
  EXPECT_EQ(to_string(Lock::access_share), "ACCESS SHARE");
  EXPECT_EQ(to_string(Lock::row_share), "ROW SHARE");
  EXPECT_EQ(to_string(Lock::row_exclusive), "ROW EXCLUSIVE");
  EXPECT_EQ(to_string(Lock::share_update_exclusive), "SHARE UPDATE EXCLUSIVE");
  EXPECT_EQ(to_string(Lock::share), "SHARE");
  EXPECT_EQ(to_string(Lock::share_row_exclusive), "SHARE ROW EXCLUSIVE");
  EXPECT_EQ(to_string(Lock::exclusive), "EXCLUSIVE");
  EXPECT_EQ(to_string(Lock::access_exclusive), "ACCESS EXCLUSIVE");
}

TEST(Lock, SaysWhatItBlocks) {
  EXPECT_EQ(blocks(Lock::none), "blocks nothing");
  EXPECT_EQ(blocks(Lock::access_share), "blocks nothing");
  EXPECT_EQ(blocks(Lock::row_share), "blocks nothing");
  EXPECT_EQ(blocks(Lock::row_exclusive), "blocks nothing");
  EXPECT_EQ(blocks(Lock::share_update_exclusive), "blocks neither reads nor writes");
  EXPECT_EQ(blocks(Lock::share), "blocks writes");
  EXPECT_EQ(blocks(Lock::share_row_exclusive), "blocks writes");
  EXPECT_EQ(blocks(Lock::exclusive), "blocks writes");
  EXPECT_EQ(blocks(Lock::access_exclusive), "blocks reads and writes");
}

TEST(Lock, IsSaidInOneBreath) {
  EXPECT_EQ(lock_words(Lock::none), "no lock");
  EXPECT_EQ(lock_words(Lock::share), "SHARE lock, which blocks writes");
}

TEST(Cost, IsSaidInWords) {
  EXPECT_EQ(to_string(Cost::catalog), "catalog only");
  EXPECT_EQ(to_string(Cost::scan), "reads the table");
  EXPECT_EQ(to_string(Cost::build), "builds an index");
  EXPECT_EQ(to_string(Cost::rows), "writes rows");
  EXPECT_EQ(to_string(Cost::rewrite), "rewrites the table");
}

TEST(Words, OfFindings) {
  EXPECT_EQ(to_string(Sort::missing), "missing");
  EXPECT_EQ(to_string(Sort::different), "different");
  EXPECT_EQ(to_string(Sort::broken), "broken");
  EXPECT_EQ(to_string(Sort::extra), "extra");
  EXPECT_EQ(to_string(Weight::drift), "drift");
  EXPECT_EQ(to_string(Weight::information), "information");
  EXPECT_EQ(to_string(Weight::unconfirmed), "unconfirmed");
}

TEST(Consent, IsReadBackFromItsWord) {
  for (const auto consent : {Consent::add, Consent::restore, Consent::alter, Consent::replace,
                             Consent::rewrite, Consent::drop})
    EXPECT_EQ(parse_consent(to_string(consent)), consent);
}

TEST(Consent, NobodyCanGiveNever) {
  EXPECT_EQ(to_string(Consent::never), "never");
  for (const auto* word : {"never", "", "Alter", " alter", "everything"})
    EXPECT_EQ(parse_consent(word), std::nullopt) << word;
}

Stage statement(std::string sql) {
  Stage stage;
  stage.statements = {std::move(sql)};
  return stage;
}

/// A finding of a merged step has a recipe of its own, which is tried where the whole fails.
TEST(Plan, KnowsWhatSettlesAFinding) {
  auto whole = test::step("t", {2, 0}, {statement("both")});
  whole.alternatives = {test::step("t", {2}, {statement("one")}),
                        test::step("t", {0}, {statement("other")})};
  const Plan plan({whole, test::step("u", {3}, {statement("third")})});
  EXPECT_EQ(plan.recipe_for(0)->stages.front().statements.front(), "other");
  EXPECT_EQ(plan.recipe_for(2)->stages.front().statements.front(), "one");
  EXPECT_EQ(plan.recipe_for(3)->stages.front().statements.front(), "third");
  EXPECT_EQ(plan.recipe_for(1), nullptr);
  const auto copy = plan;
  EXPECT_EQ(copy.recipe_for(0), &copy.steps()[0].alternatives[1].recipe);
}

/// What comes with its table is told once, with that.
TEST(Report, TellsTheStatementsOfATableOnceWithTheTable) {
  Report report;
  report.findings = {
      test::missing(test::object(kinds::k_table, {"public", "", "t"})),
      test::missing(test::object(kinds::k_column, {"public", "t", "a"}, {{"type", "integer"}}))};
  report.findings[1].consequence = true;
  report.plan = Plan({test::step("t", {0, 1}, {statement("CREATE TABLE t (a integer)")})});
  EXPECT_THAT(report.sql_for(0), ElementsAre("CREATE TABLE t (a integer)"));
  EXPECT_TRUE(report.sql_for(1).empty());
}

}  // namespace
}  // namespace pgmend
