// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"

namespace pgmend::kinds {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::ElementsAre;
using testing::SizeIs;

constexpr auto k_create =
    "CREATE INDEX CONCURRENTLY \"i\" ON \"public\".\"t\" USING btree (a, b DESC)";
constexpr auto k_drop = "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"i\"";

Object index(Texts values = {}) {
  values.insert({{"method", "btree"}, {"keys", "{a,\"b DESC\"}"}, {"key_expressions", "{a,b}"}});
  return object(k_index, {"public", "t", "i"}, values);
}

Object table(const std::string& form) {
  return object(k_table, {"public", "", "t"}, {{"form", form}});
}

Facts facts(const Object& relation, bool has_rows = true) {
  Facts made;
  made.relation = &relation;
  made.relation_has_rows = has_rows;
  return made;
}

Recipe create(const Object& wanted) {
  const auto plain = table("table");
  return k_index.create(wanted, {}, facts(plain));
}

TEST(IndexDefinition, SaysEverything) {
  EXPECT_EQ(k_index.definition(index()), "(a, b DESC)");
  EXPECT_EQ(k_index.definition(index({{"unique", "UNIQUE"}})), "UNIQUE (a, b DESC)");
  EXPECT_EQ(k_index.definition(index({{"method", "gin"}, {"keys", "{\"(x -> 'y'::text)\"}"}})),
            "USING gin ((x -> 'y'::text))");
  EXPECT_EQ(k_index.definition(index({{"include", "{c,d}"},
                                      {"nulls_not_distinct", "NULLS NOT DISTINCT"},
                                      {"options", "{fillfactor=70}"},
                                      {"predicate", "(a > 0)"}})),
            "(a, b DESC) INCLUDE (c, d) NULLS NOT DISTINCT WITH (fillfactor=70) WHERE (a > 0)");
}

TEST(CreateIndex, IsConcurrent) {
  const auto recipe = create(index());
  ASSERT_THAT(all_sql(recipe), ElementsAre(k_create));
  const auto& stage = recipe.stages.at(0);
  EXPECT_EQ(stage.form, Stage::Form::alone);
  EXPECT_EQ(stage.lock, Lock::share_update_exclusive);
  EXPECT_EQ(stage.cost, Cost::build);
  EXPECT_EQ(stage.undo, k_drop) << "a failed build leaves nothing behind";
}

TEST(CreateIndex, LooksForDuplicatesFirst) {
  const auto recipe = create(index({{"unique", "UNIQUE"}, {"predicate", "(a > 0)"}}));
  ASSERT_THAT(
      all_sql(recipe),
      ElementsAre("SELECT pg_catalog.count(*) FROM (SELECT 1 FROM \"public\".\"t\" WHERE ((a > 0)) "
                  "AND a IS NOT NULL AND b IS NOT NULL GROUP BY a, b HAVING pg_catalog.count(*) > "
                  "1 LIMIT 1000) AS rows HAVING pg_catalog.count(*) > 0",
                  "CREATE UNIQUE INDEX CONCURRENTLY \"i\" ON \"public\".\"t\" USING btree (a, b "
                  "DESC) WHERE (a > 0)"));
  EXPECT_EQ(recipe.stages[0].form, Stage::Form::precondition);
  EXPECT_EQ(recipe.stages[0].lock, Lock::access_share);
  EXPECT_EQ(recipe.stages[0].refusal, "{} key(s) stand in more than one row");
  EXPECT_EQ(recipe.stages[0].hint,
            "remove the duplicates; they are shown by: SELECT a, b, count(*) FROM "
            "\"public\".\"t\" WHERE ((a > 0)) AND a IS NOT NULL AND b IS NOT NULL GROUP BY a, b "
            "HAVING count(*) > 1");
}

TEST(CreateIndex, WhereNullsAreEqualTheyCountAsDuplicates) {
  const auto sql =
      all_sql(create(index({{"unique", "UNIQUE"}, {"nulls_not_distinct", "NULLS NOT DISTINCT"}})));
  EXPECT_THAT(sql.at(0), testing::HasSubstr("FROM \"public\".\"t\" GROUP BY a, b"));
}

TEST(CreateIndex, OnAnEmptyPartitionedTableIsPlain) {
  const auto partitioned = table("partitioned table");
  const auto recipe = k_index.create(index(), {}, facts(partitioned, false));
  EXPECT_THAT(all_sql(recipe),
              ElementsAre("CREATE INDEX \"i\" ON \"public\".\"t\" USING btree (a, b DESC)"));
  EXPECT_EQ(recipe.stages.at(0).lock, Lock::share);
  EXPECT_EQ(recipe.needs, std::nullopt);
}

TEST(CreateIndex, OnAPartitionedTableIsBuiltOnePartitionAfterTheOther) {
  const auto partitioned = table("partitioned table");
  auto known = facts(partitioned);
  known.partitions = {{"public", "t_2025", "public", "t", false},
                      {"public", "t_old", "public", "t", true},
                      {"public", "t_2024", "public", "t_old", false}};
  const auto recipe = k_index.create(index(), {}, known);
  EXPECT_EQ(recipe.needs, std::nullopt);
  EXPECT_THAT(all_sql(recipe),
              ElementsAre("CREATE INDEX \"i\" ON ONLY \"public\".\"t\" USING btree (a, b DESC)",
                          "CREATE INDEX CONCURRENTLY \"t_2025_i\" ON \"public\".\"t_2025\" USING "
                          "btree (a, b DESC)",
                          "CREATE INDEX \"t_old_i\" ON ONLY \"public\".\"t_old\" USING btree (a, "
                          "b DESC)",
                          "CREATE INDEX CONCURRENTLY \"t_2024_i\" ON \"public\".\"t_2024\" USING "
                          "btree (a, b DESC)",
                          "ALTER INDEX \"public\".\"t_old_i\" ATTACH PARTITION "
                          "\"public\".\"t_2024_i\"",
                          "ALTER INDEX \"public\".\"i\" ATTACH PARTITION \"public\".\"t_old_i\"",
                          "ALTER INDEX \"public\".\"i\" ATTACH PARTITION "
                          "\"public\".\"t_2025_i\""));
}

TEST(MendIndex, RebuildsWhatIsInvalid) {
  const auto recipe = k_index.mend(index(), index({{"state", "invalid"}}), "state", {});
  EXPECT_THAT(all_sql(recipe), ElementsAre(k_drop, k_create));
  for (const auto& stage : recipe.stages) EXPECT_EQ(stage.form, Stage::Form::alone);
}

TEST(MendIndex, LooksForDuplicatesBeforeItDrops) {
  const auto wanted = index({{"unique", "UNIQUE"}});
  const auto recipe = k_index.mend(wanted, wanted, "state", {});
  ASSERT_THAT(recipe.stages, SizeIs(3));
  EXPECT_EQ(recipe.stages[0].form, Stage::Form::precondition);
  EXPECT_THAT(recipe.stages[1].sql(), ElementsAre(k_drop));
  EXPECT_EQ(recipe.stages[2].cost, Cost::build);
}

TEST(MendIndex, ReplacesWithoutAGap) {
  const auto recipe = k_index.mend(index(), index({{"unique", "UNIQUE"}}), "unique", {});
  ASSERT_THAT(
      all_sql(recipe),
      ElementsAre(
          "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"pgmend_new_i\"",
          "CREATE INDEX CONCURRENTLY \"pgmend_new_i\" ON \"public\".\"t\" USING btree (a, b DESC)",
          "DROP INDEX \"public\".\"i\"",
          "ALTER INDEX \"public\".\"pgmend_new_i\" RENAME TO \"i\""));
  ASSERT_THAT(recipe.stages, SizeIs(3));
  EXPECT_EQ(recipe.stages[2].form, Stage::Form::transaction);
  EXPECT_THAT(recipe.stages[2].statements, SizeIs(2)) << "the change of names is one";
  for (const std::size_t stage : {1U, 2U})
    EXPECT_EQ(recipe.stages[stage].undo,
              "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"pgmend_new_i\"");
}

constexpr auto k_take_its_place = "ALTER INDEX \"public\".\"pgmend_new_i\" RENAME TO \"i\"";
constexpr auto k_identity = "ALTER TABLE \"public\".\"t\" REPLICA IDENTITY USING INDEX \"i\"";
constexpr auto k_cluster = "ALTER TABLE \"public\".\"t\" CLUSTER ON \"i\"";

Object marked_table(const std::string& name) {
  return object(
      k_table, {"public", "", "t"},
      {{"form", "table"}, {"replica_identity", "USING INDEX " + name}, {"cluster", name}});
}

TEST(MendIndex, WhatItsTableSaysOfItIsSaidAtOnce) {
  const auto relation = marked_table("i");
  const auto wanted = index({{"unique", "UNIQUE"}, {"include", "{c}"}});
  const auto recipe =
      k_index.mend(wanted, index({{"unique", "UNIQUE"}}), "include", facts(relation));
  EXPECT_THAT(recipe.stages.back().statements,
              ElementsAre("DROP INDEX \"public\".\"i\"", k_take_its_place, k_identity, k_cluster));
}

TEST(MendIndex, WhatIsExpectedOfItsTableIsSaidInstead) {
  const auto relation = marked_table("i");
  auto known = facts(relation);
  const auto last = [&](const Object& expected) {
    known.expected_relation = &expected;
    const auto wanted = index({{"unique", "UNIQUE"}, {"include", "{c}"}});
    return k_index.mend(wanted, index({{"unique", "UNIQUE"}}), "include", known)
        .stages.back()
        .statements;
  };
  EXPECT_THAT(last(table("table")),
              ElementsAre(testing::_, k_take_its_place,
                          "ALTER TABLE \"public\".\"t\" REPLICA IDENTITY DEFAULT"));
  EXPECT_THAT(last(marked_table("j")), ElementsAre(testing::_, k_take_its_place, k_identity))
      << "the other may not be there yet";
  EXPECT_THAT(last(partial(k_table, {"public", "", "t"})),
              ElementsAre(testing::_, k_take_its_place, k_identity, k_cluster));
}

TEST(MendIndex, NoTableIsClusteredByWhatCannotOrderItsRows) {
  const auto relation = object(k_table, {"public", "", "t"}, {{"form", "table"}, {"cluster", "i"}});
  const auto statements = [&](const Texts& values) {
    return k_index.mend(index(values), index(), "method", facts(relation)).stages.back().statements;
  };
  EXPECT_THAT(statements({{"options", "{fillfactor=70}"}}),
              ElementsAre(testing::_, testing::_, k_cluster));
  EXPECT_THAT(statements({{"predicate", "(a > 0)"}}), SizeIs(2));
}

TEST(MendIndex, RefusesToTakeTheReplicaIdentityAway) {
  const auto relation = marked_table("i");
  const auto recipe =
      k_index.mend(index(), index({{"unique", "UNIQUE"}}), "unique", facts(relation));
  EXPECT_THAT(recipe.stages, SizeIs(0));
  EXPECT_EQ(recipe.refusal,
            "it is the replica identity of its table, and could not be that any more");
}

TEST(MendIndex, WhatItsTableSaysOfOthersIsNot) {
  for (const auto* name : {"j", "\"I\"", "\"i\"\"\""}) {
    const auto relation = marked_table(name);
    EXPECT_THAT(k_index.mend(index(), index(), "method", facts(relation)).stages.back().statements,
                SizeIs(2));
  }
}

TEST(MendIndex, AnInvalidOneThatIsMarkedIsBuiltBesideIt) {
  const auto relation = marked_table("i");
  const auto recipe = k_index.mend(index({{"unique", "UNIQUE"}}), index({{"state", "invalid"}}),
                                   "state", facts(relation));
  EXPECT_THAT(recipe.stages.back().statements,
              ElementsAre("DROP INDEX \"public\".\"i\"", k_take_its_place, k_identity, k_cluster));
}

TEST(MendIndex, StatisticsThatAreNotStatedStay) {
  const auto relation = table("table");
  auto wanted = index({{"options", "{fillfactor=70}"}});
  wanted.set("statistics", Value::unspecified());
  const auto found = index({{"statistics", "{\"1 SET STATISTICS 50\",\"2 SET STATISTICS 0\"}"}});
  const auto statements = [&](const Object& actual) {
    return k_index.mend(wanted, actual, "options", facts(relation)).stages.back().statements;
  };
  EXPECT_THAT(statements(found).back(),
              "ALTER INDEX \"public\".\"i\" ALTER COLUMN 1 SET STATISTICS 50, ALTER COLUMN 2 SET "
              "STATISTICS 0");
  auto of_other_keys = found;
  of_other_keys.set("keys", Value::present("{b}"));
  EXPECT_THAT(statements(of_other_keys).back(), k_take_its_place);
}

TEST(MendIndex, StatisticsAreSetAndTakenBack) {
  const auto recipe =
      k_index.mend(index({{"statistics", "{\"1 SET STATISTICS 50\",\"2 SET STATISTICS 7\"}"}}),
                   index({{"statistics", "{\"1 SET STATISTICS 50\",\"3 SET STATISTICS 9\"}"}}),
                   "statistics", {});
  EXPECT_THAT(all_sql(recipe), ElementsAre("ALTER INDEX \"public\".\"i\" ALTER COLUMN 2 SET "
                                           "STATISTICS 7, ALTER COLUMN 3 SET STATISTICS -1"));
  EXPECT_EQ(recipe.stages.at(0).lock, Lock::none);
}

TEST(MendIndex, ExchangesThatOfAPartitionedTableInOneTransaction) {
  const auto recipe = k_index.mend(index(), index({{"partitioned", "partitioned"}}), "keys", {});
  EXPECT_THAT(recipe.stages, SizeIs(1));
  EXPECT_EQ(recipe.stages.front().statements.size(), 2U);
  EXPECT_EQ(recipe.needs, Consent::rewrite);
}

TEST(MendIndex, HelperNamesFitThePostgresLimit) {
  auto wanted = index();
  wanted.name.name = std::string(63, 'i');
  const auto sql = all_sql(k_index.mend(wanted, wanted, "method", {}));
  EXPECT_EQ(sql.at(0), "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"pgmend_new_" +
                           std::string(52, 'i') + "\"");
}

TEST(CreateIndex, QuotesOddNames) {
  const auto odd =
      object(k_index, {"My App", "a.b", "x\"y"}, {{"method", "hash"}, {"keys", "{a}"}});
  EXPECT_THAT(
      all_sql(create(odd)),
      ElementsAre("CREATE INDEX CONCURRENTLY \"x\"\"y\" ON \"My App\".\"a.b\" USING hash (a)"));
}

TEST(JudgeIndex, ABuildInProgressIsUnconfirmed) {
  const auto wanted = index({{"state", "valid"}});
  const auto judge = [&](const std::string& state) {
    const auto found = index({{"state", state}});
    const auto position = k_index.attribute_position("state");
    return k_index.attributes[position].judge(
        {wanted, found, wanted.values[position], found.values[position]});
  };
  EXPECT_EQ(judge("being built").weight, Weight::unconfirmed);
  EXPECT_EQ(judge("invalid").weight, Weight::drift);
  EXPECT_EQ(judge("invalid").sort, Sort::broken);
  EXPECT_EQ(judge("invalid").consent, Consent::restore);
}

TEST(DeclaredIndex, PutsUniqueWhereSqlWantsIt) {
  const auto statement = [](const std::string& text) {
    Declared declared;
    declared.section = k_index.section;
    declared.name = {"public", "t", "i"};
    declared.parts["definition"] = {text, {}};
    return k_index.section->statement(declared, "\"twin\"");
  };
  EXPECT_EQ(statement("(a)"), "CREATE INDEX \"i\" ON \"twin\" (a)");
  EXPECT_EQ(statement("  unique (a)"), "CREATE UNIQUE INDEX \"i\" ON \"twin\"  (a)");
  EXPECT_EQ(statement("UNIQUE(a)"), "CREATE UNIQUE INDEX \"i\" ON \"twin\" (a)");
  EXPECT_EQ(statement("Unique\n(a)"), "CREATE UNIQUE INDEX \"i\" ON \"twin\" \n(a)");
  EXPECT_EQ(statement("uniquely (a)"), "CREATE INDEX \"i\" ON \"twin\" uniquely (a)");
  EXPECT_EQ(statement("USING gin (a)"), "CREATE INDEX \"i\" ON \"twin\" USING gin (a)");
}

}  // namespace
}  // namespace pgmend::kinds
