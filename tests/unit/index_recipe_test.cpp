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

TEST(MendIndex, RefusesPartitionedTables) {
  const auto recipe = k_index.mend(index(), index({{"partitioned", "partitioned"}}), "state", {});
  EXPECT_EQ(recipe.refusal, "pgmend does not rebuild indexes of partitioned tables");
  EXPECT_THAT(recipe.stages, SizeIs(0));
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
