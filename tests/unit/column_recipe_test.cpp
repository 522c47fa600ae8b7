// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"

namespace pgmend::kinds {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::ElementsAre;
using testing::SizeIs;

constexpr auto k_fill_mark =
    "COMMENT ON COLUMN \"public\".\"t\".\"c\" IS 'pgmend: existing rows are being filled'";
constexpr auto k_no_mark = "COMMENT ON COLUMN \"public\".\"t\".\"c\" IS NULL";
constexpr auto k_count_nulls =
    "SELECT pg_catalog.count(*) FROM (SELECT 1 FROM \"public\".\"t\" WHERE \"c\" IS NULL LIMIT "
    "1000) AS rows HAVING pg_catalog.count(*) > 0";
constexpr auto k_add_check =
    "ALTER TABLE \"public\".\"t\" DROP CONSTRAINT IF EXISTS \"pgmend_not_null_c\", ADD CONSTRAINT "
    "\"pgmend_not_null_c\" CHECK (\"c\" IS NOT NULL) NOT VALID";
constexpr auto k_validate_check =
    "ALTER TABLE \"public\".\"t\" VALIDATE CONSTRAINT \"pgmend_not_null_c\"";
constexpr auto k_set_not_null = "ALTER TABLE \"public\".\"t\" ALTER COLUMN \"c\" SET NOT NULL";
constexpr auto k_drop_check =
    "ALTER TABLE \"public\".\"t\" DROP CONSTRAINT IF EXISTS \"pgmend_not_null_c\"";

std::string fill_with(const std::string& value) {
  return "UPDATE \"public\".\"t\" SET \"c\" = " + value +
         " WHERE ctid = ANY (ARRAY(SELECT ctid FROM \"public\".\"t\" WHERE "
         "ctid >= ('(' || coalesce(($1::text[])[1], '0') || ',0)')::tid "
         "AND ctid < ('(' || ($2::text[])[1] || ',0)')::tid AND \"c\" IS NULL" +
         (value == "DEFAULT" ? "" : " AND (" + value + ") IS NOT NULL") +
         " FOR NO KEY UPDATE SKIP LOCKED)) AND \"c\" IS NULL";
}

Object column(const Texts& values) {
  return object(k_column, {"public", "t", "c"}, values);
}

Facts facts(bool has_rows, bool rewrites = false) {
  Facts made;
  made.server_version = 150000;
  made.relation_has_rows = has_rows;
  made.rewrites = rewrites;
  return made;
}

Recipe create(const Texts& values, bool has_rows, bool rewrites = false) {
  return k_column.create(column(values), {}, facts(has_rows, rewrites));
}

Recipe mend(const Texts& wanted, const Texts& found, std::string_view attribute, bool rows = true) {
  return k_column.mend(column(wanted), column(found), attribute, facts(rows));
}

// Its text

TEST(ColumnDefinition, SaysEverything) {
  const auto definition = [](const Texts& values) { return k_column.definition(column(values)); };
  EXPECT_EQ(definition({{"type", "integer"}}), "integer");
  EXPECT_EQ(definition({{"type", "text"}, {"collation", "pg_catalog.\"C\""}}),
            "text COLLATE pg_catalog.\"C\"");
  EXPECT_EQ(definition({{"type", "integer"}, {"default", "0"}, {"not_null", "NOT NULL"}}),
            "integer DEFAULT 0 NOT NULL");
  EXPECT_EQ(definition({{"type", "bigint"},
                        {"identity", "GENERATED ALWAYS AS IDENTITY"},
                        {"not_null", "NOT NULL"}}),
            "bigint GENERATED ALWAYS AS IDENTITY");
  EXPECT_EQ(definition({{"type", "integer"}, {"generated", "STORED"}, {"expression", "(a + b)"}}),
            "integer GENERATED ALWAYS AS ((a + b)) STORED");
}

TEST(ColumnDefinition, KnowsSerial) {
  const auto definition = [](const std::string& type) {
    return k_column.definition(
        column({{"type", type}, {"serial", "serial"}, {"not_null", "NOT NULL"}}));
  };
  EXPECT_EQ(definition("smallint"), "smallserial");
  EXPECT_EQ(definition("integer"), "serial");
  EXPECT_EQ(definition("bigint"), "bigserial");
}

TEST(ColumnDefinition, SpellsOutASequenceOfANullableColumn) {
  EXPECT_EQ(k_column.definition(column({{"type", "integer"},
                                        {"serial", "serial"},
                                        {"raw_default", "nextval('public.s'::regclass)"}})),
            "integer DEFAULT nextval('public.s'::regclass)");
}

TEST(ColumnElement, OnATwinIsBare) {
  const auto full = column({{"type", "integer"}, {"default", "0"}, {"not_null", "NOT NULL"}});
  EXPECT_EQ(k_column.twin_element(full), "\"c\" integer");
  EXPECT_EQ(k_column.element(full), "\"c\" integer DEFAULT 0 NOT NULL");
}

// Creating it

TEST(CreateColumn, IsOneActionThatCanBeMerged) {
  const auto recipe = create({{"type", "integer"}}, true);
  ASSERT_THAT(recipe.stages, SizeIs(1));
  const auto& stage = recipe.stages[0];
  EXPECT_EQ(stage.head, "ALTER TABLE \"public\".\"t\"");
  EXPECT_THAT(stage.statements, ElementsAre("ADD COLUMN \"c\" integer"));
  EXPECT_EQ(stage.form, Stage::Form::transaction);
  EXPECT_EQ(stage.lock, Lock::access_exclusive);
  EXPECT_EQ(stage.cost, Cost::catalog);
  EXPECT_EQ(recipe.needs, std::nullopt);
}

TEST(CreateColumn, WithAConstantDefaultIsOneAction) {
  const auto recipe =
      create({{"type", "integer"}, {"default", "0"}, {"not_null", "NOT NULL"}}, true);
  EXPECT_THAT(all_sql(recipe), ElementsAre("ALTER TABLE \"public\".\"t\" ADD COLUMN \"c\" integer "
                                           "DEFAULT 0 NOT NULL"));
}

TEST(CreateColumn, NotNullIsPlainWhereThereAreNoRows) {
  EXPECT_THAT(all_sql(create({{"type", "integer"}, {"not_null", "NOT NULL"}}, false)),
              ElementsAre("ALTER TABLE \"public\".\"t\" ADD COLUMN \"c\" integer NOT NULL"));
}

TEST(CreateColumn, NotNullWithRowsNeedsAValue) {
  const auto recipe = create({{"type", "integer"}, {"not_null", "NOT NULL"}}, true);
  EXPECT_THAT(recipe.stages, SizeIs(0));
  EXPECT_EQ(recipe.refusal, "it is NOT NULL without a default, and the table has rows");
  EXPECT_THAT(recipe.hint, testing::HasSubstr("backfill"));
}

TEST(CreateColumn, NotNullWithABackfillIsFilledInSteps) {
  const auto recipe =
      create({{"type", "integer"}, {"not_null", "NOT NULL"}, {"backfill", "a + 1"}}, true);
  ASSERT_THAT(all_sql(recipe),
              ElementsAre("ALTER TABLE \"public\".\"t\" ADD COLUMN \"c\" integer", k_fill_mark,
                          testing::HasSubstr("= a + 1 WHERE ctid = (SELECT"), fill_with("a + 1"),
                          k_count_nulls, k_add_check, k_validate_check, k_set_not_null,
                          k_drop_check, k_no_mark));
  ASSERT_THAT(recipe.stages, SizeIs(7));
  EXPECT_THAT(recipe.stages[0].statements, SizeIs(3))
      << "the mark comes with the column, and one row is tried";
  EXPECT_EQ(recipe.stages[1].form, Stage::Form::batches);
  EXPECT_EQ(recipe.stages[1].lock, Lock::row_exclusive);
  EXPECT_EQ(recipe.stages[1].cost, Cost::rows);
  EXPECT_EQ(recipe.stages[2].form, Stage::Form::precondition);
  EXPECT_EQ(recipe.stages[4].lock, Lock::share_update_exclusive);
  EXPECT_EQ(recipe.stages[4].cost, Cost::scan);
  EXPECT_EQ(recipe.stages[4].undo, k_drop_check);
  EXPECT_EQ(recipe.stages[5].undo, k_drop_check);
  EXPECT_EQ(recipe.needs, std::nullopt);
}

TEST(CreateColumn, ANullableColumnIsBackfilledToo) {
  EXPECT_THAT(
      all_sql(create({{"type", "integer"}, {"backfill", "1"}}, true)),
      ElementsAre("ALTER TABLE \"public\".\"t\" ADD COLUMN \"c\" integer", k_fill_mark,
                  testing::HasSubstr("= 1 WHERE ctid = (SELECT"), fill_with("1"), k_no_mark));
  EXPECT_THAT(create({{"type", "integer"}, {"backfill", "1"}}, false).stages, SizeIs(1));
}

TEST(CreateColumn, RowsAreFilledInTheOrderOfTheirKey) {
  auto known = facts(true);
  known.row_key = {{"region", "text"}, {"id", "bigint"}};
  const auto recipe = k_column.create(column({{"type", "integer"}, {"backfill", "1"}}), {}, known);
  const auto& batches = recipe.stages.at(1);
  ASSERT_EQ(batches.form, Stage::Form::batches);
  ASSERT_THAT(batches.statements, SizeIs(3));
  const std::string behind =
      "($1::text[] IS NULL OR (region, id) > (($1::text[])[1]::text, ($1::text[])[2]::bigint))";
  EXPECT_EQ(batches.statements[0],
            "SELECT ARRAY[region::text, id::text] FROM (SELECT region, id FROM \"public\".\"t\" "
            "WHERE " +
                behind +
                " ORDER BY region, id LIMIT 1000) AS batch ORDER BY region DESC, id DESC LIMIT 1");
  EXPECT_THAT(batches.statements[1],
              testing::HasSubstr(behind + " AND (region, id) <= "
                                          "(($2::text[])[1]::text, ($2::text[])[2]::bigint)"));
  EXPECT_EQ(batches.statements[2],
            "SELECT pg_catalog.count(*) FROM \"public\".\"t\" WHERE \"c\" IS NULL AND (1) IS NOT "
            "NULL HAVING pg_catalog.count(*) > 0");
}

TEST(CreateColumn, AVolatileDefaultIsFilledInSteps) {
  const Texts values = {{"type", "uuid"}, {"default", "gen_random_uuid()"}};
  EXPECT_THAT(all_sql(create(values, true, true)),
              ElementsAre("ALTER TABLE \"public\".\"t\" ADD COLUMN \"c\" uuid, ALTER COLUMN \"c\" "
                          "SET DEFAULT gen_random_uuid()",
                          k_fill_mark, fill_with("DEFAULT"), k_no_mark));
  EXPECT_THAT(create(values, true, false).stages, SizeIs(1));
  EXPECT_THAT(create(values, false, true).stages, SizeIs(1));
}

TEST(CreateColumn, TheBackfillGoesBeforeAVolatileDefault) {
  const auto sql = all_sql(create(
      {{"type", "uuid"}, {"default", "gen_random_uuid()"}, {"backfill", "old_id"}}, true, true));
  EXPECT_EQ(sql.at(3), fill_with("old_id"));
}

TEST(CreateColumn, ARewriteNeedsConsent) {
  for (const auto& values :
       {Texts{{"type", "bigint"}, {"identity", "GENERATED ALWAYS AS IDENTITY"}},
        Texts{{"type", "bigint"}, {"serial", "serial"}, {"not_null", "NOT NULL"}},
        Texts{{"type", "integer"}, {"generated", "STORED"}, {"expression", "a"}}}) {
    const auto recipe = create(values, true, true);
    EXPECT_EQ(recipe.needs, Consent::rewrite);
    ASSERT_THAT(recipe.stages, SizeIs(1));
    EXPECT_EQ(recipe.stages[0].cost, Cost::rewrite);
    EXPECT_EQ(create(values, false, true).needs, std::nullopt);
  }
}

TEST(CreateColumn, QuotesOddNames) {
  const auto odd = object(k_column, {"My App", "a.b", "x\"; DROP"}, {{"type", "integer"}});
  EXPECT_THAT(all_sql(k_column.create(odd, {}, facts(false))),
              ElementsAre("ALTER TABLE \"My App\".\"a.b\" ADD COLUMN \"x\"\"; DROP\" integer"));
}

// Mending it

TEST(MendColumn, SetsAndDropsTheDefault) {
  EXPECT_THAT(all_sql(mend({{"default", "'x'::text"}}, {}, "default")),
              ElementsAre("ALTER TABLE \"public\".\"t\" ALTER COLUMN \"c\" SET DEFAULT 'x'::text"));
  EXPECT_THAT(all_sql(mend({}, {{"default", "1"}}, "default")),
              ElementsAre("ALTER TABLE \"public\".\"t\" ALTER COLUMN \"c\" DROP DEFAULT"));
}

TEST(MendColumn, ChangesTheTypeWithItsCollation) {
  const auto recipe = mend({{"type", "text"}, {"collation", "\"C\""}}, {{"type", "text"}}, "type");
  EXPECT_THAT(
      all_sql(recipe),
      ElementsAre("ALTER TABLE \"public\".\"t\" ALTER COLUMN \"c\" TYPE text COLLATE \"C\""));
  EXPECT_EQ(recipe.stages.at(0).cost, Cost::rewrite);
}

TEST(MendColumn, SetsNotNullByWayOfACheck) {
  EXPECT_THAT(
      all_sql(mend({{"not_null", "NOT NULL"}}, {}, "not_null")),
      ElementsAre(k_count_nulls, k_add_check, k_validate_check, k_set_not_null, k_drop_check));
  EXPECT_THAT(all_sql(mend({{"not_null", "NOT NULL"}}, {}, "not_null", false)),
              ElementsAre(k_set_not_null));
  EXPECT_THAT(all_sql(mend({}, {{"not_null", "NOT NULL"}}, "not_null")),
              ElementsAre("ALTER TABLE \"public\".\"t\" ALTER COLUMN \"c\" DROP NOT NULL"));
}

TEST(MendColumn, FillsByTheBackfillButNotByADefault) {
  const Texts backfill = {{"not_null", "NOT NULL"}, {"backfill", "7"}};
  EXPECT_EQ(all_sql(mend(backfill, {}, "not_null")).at(0), fill_with("7"));
  const Texts by_default = {{"not_null", "NOT NULL"}, {"default", "7"}};
  EXPECT_EQ(all_sql(mend(by_default, {}, "not_null")).at(0), k_count_nulls);
}

TEST(MendColumn, GoesOnWhereAKilledRunStopped) {
  const Texts wanted = {{"default", "7"}, {"not_null", "NOT NULL"}};
  EXPECT_THAT(all_sql(mend(wanted, {{"filling", "unfinished"}}, "filling")),
              ElementsAre(fill_with("DEFAULT"), k_count_nulls, k_add_check, k_validate_check,
                          k_set_not_null, k_drop_check, k_no_mark));
  EXPECT_EQ(all_sql(mend(wanted, {{"filling", "unfinished"}}, "not_null")).at(0),
            fill_with("DEFAULT"));
}

TEST(MendColumn, ASpecThatLostItsBackfillSinceFillsNothing) {
  const Texts wanted = {{"not_null", "NOT NULL"}};
  EXPECT_EQ(all_sql(mend(wanted, {{"filling", "unfinished"}}, "not_null")).at(0), k_count_nulls);
  EXPECT_EQ(all_sql(mend(wanted, {{"filling", "unfinished"}}, "filling")).at(0), k_count_nulls);
}

TEST(MendColumn, MakesANewOneWhereNoStatementChangesIt) {
  const Texts stored = {{"generated", "STORED"}, {"expression", "a"}};
  EXPECT_TRUE(mend(stored, {}, "generated").anew);
  EXPECT_TRUE(mend({{"generated", "VIRTUAL"}, {"expression", "a"}}, stored, "generated").anew);
  EXPECT_EQ(
      all_sql(mend({}, stored, "generated")),
      std::vector<std::string>{"ALTER TABLE \"public\".\"t\" ALTER COLUMN \"c\" DROP EXPRESSION"});
}

TEST(MendColumn, HelperNamesFitThePostgresLimit) {
  const std::string name(63, 'c');
  const auto wanted = object(k_column, {"public", "t", name}, {{"not_null", "NOT NULL"}});
  const auto sql = all_sql(k_column.mend(wanted, wanted, "not_null", facts(true)));
  EXPECT_EQ(sql.at(2), "ALTER TABLE \"public\".\"t\" VALIDATE CONSTRAINT \"pgmend_not_null_" +
                           std::string(47, 'c') + "\"");
}

// Judging it

Judgement judge(std::string_view attribute, const Texts& wanted, const Texts& found) {
  const auto expected = column(wanted);
  const auto actual = column(found);
  const auto position = k_column.attribute_position(attribute);
  return k_column.attributes[position].judge(
      {expected, actual, expected.values[position], actual.values[position]});
}

TEST(JudgeColumn, ALackIsAddedAChangeIsAltered) {
  EXPECT_EQ(judge("default", {{"default", "1"}}, {}).consent, Consent::add);
  EXPECT_EQ(judge("default", {{"default", "1"}}, {}).sort, Sort::missing);
  EXPECT_EQ(judge("default", {{"default", "1"}}, {{"default", "2"}}).consent, Consent::alter);
  EXPECT_EQ(judge("default", {}, {{"default", "2"}}).consent, Consent::alter);
  EXPECT_EQ(judge("not_null", {{"not_null", "NOT NULL"}}, {}).consent, Consent::add);
  EXPECT_EQ(judge("not_null", {}, {{"not_null", "NOT NULL"}}).consent, Consent::alter);
  EXPECT_EQ(judge("type", {{"type", "a"}}, {{"type", "b"}}).consent, Consent::rewrite);
  EXPECT_EQ(judge("identity", {}, {{"identity", "x"}}).consent, Consent::alter);
}

TEST(JudgeColumn, KeysAreNotNullBySomeoneElsesDoing) {
  const auto judgement = judge("not_null", {}, {{"not_null", "NOT NULL"}, {"keyed", "key"}});
  EXPECT_EQ(judgement.weight, Weight::information);
}

TEST(JudgeColumn, ASequenceSpelledOutIsSerial) {
  const std::string next = "nextval('t_c_seq'::regclass)";
  const Texts spelled = {{"default", next}};
  const Texts serial = {{"serial", "serial"}, {"raw_default", next}};
  EXPECT_EQ(judge("default", spelled, serial).weight, Weight::information);
  EXPECT_EQ(judge("serial", spelled, serial).weight, Weight::information);
  const Texts other = {{"serial", "serial"}, {"raw_default", "nextval('o'::regclass)"}};
  EXPECT_EQ(judge("default", spelled, other).weight, Weight::drift);
  EXPECT_EQ(judge("default", spelled, other).consent, Consent::alter);
  EXPECT_EQ(judge("serial", spelled, other).weight, Weight::information);  // it goes with that
}

TEST(JudgeColumn, TheExpressionOfOneSortOfGeneratedColumnCanBeChanged) {
  const auto consent = [](const std::string& wanted, const std::string& found) {
    return judge("expression", {{"expression", "a"}, {"generated", wanted}},
                 {{"expression", "b"}, {"generated", found}})
        .consent;
  };
  EXPECT_EQ(consent("STORED", "STORED"), Consent::rewrite);
  EXPECT_EQ(consent("VIRTUAL", "VIRTUAL"), Consent::alter);
  EXPECT_EQ(consent("VIRTUAL", "STORED"), Consent::never);
}

TEST(JudgeColumn, ASequenceThatWillMeetValuesLaterIsInformation) {
  EXPECT_EQ(judge("sequence", {}, {{"sequence", "behind the table"}}).consent, Consent::restore);
  EXPECT_EQ(judge("sequence", {}, {{"sequence", "values in its way"}}).weight, Weight::information);
}

TEST(JudgeColumn, AnUnfinishedFillingIsBroken) {
  const auto judgement = judge("filling", {}, {{"filling", "unfinished"}});
  EXPECT_EQ(judgement.sort, Sort::broken);
  EXPECT_EQ(judgement.consent, Consent::restore);
}

}  // namespace
}  // namespace pgmend::kinds
