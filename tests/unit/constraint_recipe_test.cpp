// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "builders.hpp"
#include "kinds/kinds.hpp"

namespace pgmend::kinds {
namespace {

using namespace pgmend::test;  // NOLINT: builders
using testing::ElementsAre;
using testing::SizeIs;

constexpr auto k_alter = "ALTER TABLE \"public\".\"t\" ";

Object constraint(const Kind& kind, const Texts& values) {
  return object(kind, {"public", "t", "c"}, values);
}

Recipe create(const Object& wanted) {
  const auto table = object(k_table, {"public", "", "t"}, {{"form", "table"}});
  Facts facts;
  facts.relation = &table;
  return wanted.kind->create(wanted, {}, facts);
}

Recipe create_on_partitioned(const Object& wanted, bool has_rows) {
  const auto table = object(k_table, {"public", "", "t"}, {{"form", "partitioned table"}});
  Facts facts;
  facts.relation = &table;
  facts.relation_has_rows = has_rows;
  return wanted.kind->create(wanted, {}, facts);
}

std::string alter(const std::string& action) {
  return k_alter + action;
}

// CHECK

Object positive() {
  return constraint(k_check, {{"expression", "(a > 0)"}});
}

TEST(CheckRecipe, IsAddedInTwoSteps) {
  const auto recipe = create(positive());
  ASSERT_THAT(all_sql(recipe),
              ElementsAre("SELECT pg_catalog.count(*) FROM (SELECT 1 FROM \"public\".\"t\" WHERE "
                          "NOT ((a > 0)) LIMIT 1000) AS rows HAVING pg_catalog.count(*) > 0",
                          alter("ADD CONSTRAINT \"c\" CHECK ((a > 0)) NOT VALID"),
                          alter("VALIDATE CONSTRAINT \"c\"")));
  ASSERT_THAT(recipe.stages, SizeIs(3));
  EXPECT_EQ(recipe.stages[0].form, Stage::Form::precondition);
  EXPECT_EQ(recipe.stages[0].refusal, "{} row(s) violate it");
  EXPECT_THAT(recipe.stages[0].hint,
              testing::EndsWith("SELECT * FROM \"public\".\"t\" WHERE NOT ((a > 0))"));
  EXPECT_EQ(recipe.stages[1].lock, Lock::access_exclusive);
  EXPECT_EQ(recipe.stages[1].cost, Cost::catalog);
  EXPECT_EQ(recipe.stages[2].lock, Lock::share_update_exclusive);
  EXPECT_EQ(recipe.stages[2].cost, Cost::scan);
  EXPECT_EQ(recipe.stages[2].undo, alter("DROP CONSTRAINT IF EXISTS \"c\""));
}

TEST(CheckRecipe, KeepsNoInherit) {
  const auto check = constraint(k_check, {{"expression", "true"}, {"no_inherit", "NO INHERIT"}});
  EXPECT_EQ(k_check.definition(check), "CHECK (true) NO INHERIT");
  EXPECT_EQ(all_sql(create(check)).at(1),
            alter("ADD CONSTRAINT \"c\" CHECK (true) NO INHERIT NOT VALID"));
}

TEST(CheckRecipe, ValidatesWhatIsThere) {
  const auto recipe = k_check.mend(positive(), positive(), "state", {});
  ASSERT_THAT(recipe.stages, SizeIs(2));
  EXPECT_EQ(recipe.stages[0].form, Stage::Form::precondition);
  EXPECT_THAT(recipe.stages[1].sql(), ElementsAre(alter("VALIDATE CONSTRAINT \"c\"")));
  EXPECT_EQ(recipe.stages[1].undo, "") << "what was there before is never dropped";
}

/// Few of them can be altered, and one that is not enforced holds nothing that could be lost.
TEST(CheckRecipe, WhatIsNotEnforcedIsAddedAgain) {
  Facts facts;
  facts.server_version = 180000;
  const auto in_state = [](const std::string& state) {
    return constraint(k_check, {{"expression", "true"}, {"state", state}});
  };
  const auto enforced = in_state("validated");
  const auto loose = in_state("not enforced");
  EXPECT_THAT(
      all_sql(k_check.mend(enforced, loose, "state", facts)),
      ElementsAre(testing::_,
                  alter("DROP CONSTRAINT \"c\", ADD CONSTRAINT \"c\" CHECK (true) NOT VALID"),
                  alter("VALIDATE CONSTRAINT \"c\"")));
  EXPECT_THAT(
      all_sql(k_check.mend(loose, enforced, "state", facts)),
      ElementsAre(alter("DROP CONSTRAINT \"c\", ADD CONSTRAINT \"c\" CHECK (true) NOT ENFORCED")));
  EXPECT_THAT(all_sql(k_check.create(loose, {}, facts)),
              ElementsAre(alter("ADD CONSTRAINT \"c\" CHECK (true) NOT ENFORCED")));
  facts.server_version = 150000;
  EXPECT_NE(k_check.create(loose, {}, facts).refusal, "");
  EXPECT_NE(k_check.mend(loose, enforced, "state", facts).refusal, "");
}

TEST(CheckRecipe, ExchangesTheConditionInOneStatement) {
  const auto recipe = k_check.mend(positive(), positive(), "expression", {});
  ASSERT_THAT(recipe.stages, SizeIs(3));
  EXPECT_THAT(recipe.stages[1].sql(),
              ElementsAre(testing::AllOf(testing::HasSubstr("DROP CONSTRAINT"),
                                         testing::HasSubstr("ADD CONSTRAINT"),
                                         testing::EndsWith("NOT VALID"))));
}

// UNIQUE and PRIMARY KEY

Object unique(Texts values = {}) {
  values.insert({"columns", "{a,\"\\\"B\\\"\"}"});
  return constraint(k_unique, values);
}

TEST(UniqueRecipe, IsAddedByAnIndex) {
  const auto recipe = create(unique());
  ASSERT_THAT(
      all_sql(recipe),
      ElementsAre(
          "SELECT pg_catalog.count(*) FROM (SELECT 1 FROM \"public\".\"t\" WHERE a IS NOT NULL AND "
          "\"B\" IS NOT NULL GROUP BY a, \"B\" HAVING pg_catalog.count(*) > 1 LIMIT 1000) AS rows "
          "HAVING pg_catalog.count(*) > 0",
          "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"pgmend_key_c\"",
          "CREATE UNIQUE INDEX CONCURRENTLY \"pgmend_key_c\" ON \"public\".\"t\" (a, \"B\")",
          alter("ADD CONSTRAINT \"c\" UNIQUE USING INDEX \"pgmend_key_c\"")));
  EXPECT_EQ(recipe.stages[0].form, Stage::Form::precondition);
  EXPECT_EQ(recipe.stages[1].form, Stage::Form::alone);
  EXPECT_EQ(recipe.stages[2].form, Stage::Form::alone);
  EXPECT_EQ(recipe.stages[2].lock, Lock::share_update_exclusive);
  EXPECT_EQ(recipe.stages[3].lock, Lock::access_exclusive);
  for (const std::size_t stage : {2U, 3U})
    EXPECT_EQ(recipe.stages[stage].undo,
              "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"pgmend_key_c\"");
}

TEST(UniqueRecipe, KeepsItsOptions) {
  const auto sql = all_sql(create(unique({{"include", "{d}"},
                                          {"nulls_not_distinct", "NULLS NOT DISTINCT"},
                                          {"deferrable", "DEFERRABLE INITIALLY DEFERRED"}})));
  EXPECT_THAT(sql.at(0), testing::HasSubstr("FROM \"public\".\"t\" GROUP BY a, \"B\" HAVING"));
  EXPECT_EQ(sql.at(2),
            "CREATE UNIQUE INDEX CONCURRENTLY \"pgmend_key_c\" ON \"public\".\"t\" (a, \"B\") "
            "INCLUDE (d) NULLS NOT DISTINCT");
  EXPECT_EQ(sql.at(3), alter("ADD CONSTRAINT \"c\" UNIQUE USING INDEX \"pgmend_key_c\" DEFERRABLE "
                             "INITIALLY DEFERRED"));
}

TEST(UniqueRecipe, Definition) {
  EXPECT_EQ(k_unique.definition(unique()), "UNIQUE (a, \"B\")");
  EXPECT_EQ(k_unique.definition(unique({{"include", "{d}"},
                                        {"nulls_not_distinct", "NULLS NOT DISTINCT"},
                                        {"deferrable", "DEFERRABLE"}})),
            "UNIQUE NULLS NOT DISTINCT (a, \"B\") INCLUDE (d) DEFERRABLE");
}

TEST(UniqueRecipe, OnAPartitionedTableNeedsConsent) {
  const auto recipe = create_on_partitioned(unique(), true);
  EXPECT_THAT(all_sql(recipe), ElementsAre(alter("ADD CONSTRAINT \"c\" UNIQUE (a, \"B\")")));
  EXPECT_EQ(recipe.needs, Consent::rewrite);
  EXPECT_EQ(create_on_partitioned(unique(), false).needs, std::nullopt);
}

TEST(UniqueRecipe, HelperNamesFitThePostgresLimit) {
  auto key = unique();
  key.name.name = std::string(63, 'k');
  const auto sql = all_sql(create(key));
  const auto helper = "\"pgmend_key_" + std::string(52, 'k') + "\"";
  EXPECT_EQ(sql.at(1), "DROP INDEX CONCURRENTLY IF EXISTS \"public\"." + helper);
  EXPECT_EQ(sql.at(3),
            alter("ADD CONSTRAINT \"" + std::string(63, 'k') + "\" UNIQUE USING INDEX " + helper));
}

TEST(PrimaryKeyRecipe, ProbesThenSetsNotNullThenTakesAnIndexOver) {
  const auto sql = all_sql(create(constraint(k_primary_key, {{"columns", "{id}"}})));
  ASSERT_THAT(sql, SizeIs(10));
  EXPECT_THAT(sql[0], testing::HasSubstr("contype = 'p'"));
  EXPECT_EQ(sql[1],
            "SELECT pg_catalog.count(*) FROM (SELECT 1 FROM \"public\".\"t\" GROUP BY id HAVING "
            "pg_catalog.count(*) > 1 LIMIT 1000) AS rows HAVING pg_catalog.count(*) > 0");
  EXPECT_EQ(sql[5], alter("ALTER COLUMN \"id\" SET NOT NULL"));
  EXPECT_EQ(sql[7], "DROP INDEX CONCURRENTLY IF EXISTS \"public\".\"pgmend_key_c\"");
  EXPECT_EQ(sql[8], "CREATE UNIQUE INDEX CONCURRENTLY \"pgmend_key_c\" ON \"public\".\"t\" (id)");
  EXPECT_EQ(sql[9], alter("ADD CONSTRAINT \"c\" PRIMARY KEY USING INDEX \"pgmend_key_c\""));
}

TEST(PrimaryKeyRecipe, OnAPartitionedTableNeedsConsent) {
  const auto recipe = create_on_partitioned(constraint(k_primary_key, {{"columns", "{id}"}}), true);
  EXPECT_THAT(all_sql(recipe), ElementsAre(alter("ADD CONSTRAINT \"c\" PRIMARY KEY (id)")));
  EXPECT_EQ(recipe.needs, Consent::rewrite);
}

// FOREIGN KEY

Object foreign_key(Texts values = {}) {
  values.insert(
      {{"columns", "{a,b}"}, {"parent", "\"public\".\"p\""}, {"parent_columns", "{x,y}"}});
  return constraint(k_foreign_key, values);
}

TEST(ForeignKeyRecipe, IsAddedInTwoSteps) {
  const auto recipe = create(foreign_key());
  ASSERT_THAT(
      all_sql(recipe),
      ElementsAre(
          "SELECT pg_catalog.count(*) FROM (SELECT 1 FROM \"public\".\"t\" AS child WHERE child.a "
          "IS NOT NULL AND child.b IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"public\".\"p\" AS "
          "parent WHERE parent.x = child.a AND parent.y = child.b) LIMIT 1000) AS rows HAVING "
          "pg_catalog.count(*) > 0",
          alter("ADD CONSTRAINT \"c\" FOREIGN KEY (a, b) REFERENCES \"public\".\"p\" (x, y) NOT "
                "VALID"),
          alter("VALIDATE CONSTRAINT \"c\"")));
  EXPECT_EQ(recipe.stages[0].refusal, "{} row(s) point to a row that does not exist");
  EXPECT_THAT(recipe.stages[0].hint, testing::HasSubstr("SELECT child.* FROM \"public\".\"t\" AS "
                                                        "child WHERE child.a IS NOT NULL"));
  EXPECT_EQ(recipe.stages[1].lock, Lock::share_row_exclusive);
  EXPECT_EQ(recipe.stages[2].lock, Lock::share_update_exclusive);
  EXPECT_EQ(recipe.stages[2].undo, alter("DROP CONSTRAINT IF EXISTS \"c\""));
}

TEST(ForeignKeyRecipe, Definition) {
  EXPECT_EQ(k_foreign_key.definition(foreign_key({{"match", "FULL"},
                                                  {"on_update", "CASCADE"},
                                                  {"on_delete", "SET NULL"},
                                                  {"on_delete_columns", "{a}"},
                                                  {"deferrable", "DEFERRABLE"}})),
            "FOREIGN KEY (a, b) REFERENCES \"public\".\"p\" (x, y) MATCH FULL ON UPDATE CASCADE ON "
            "DELETE SET NULL (a) DEFERRABLE");
}

TEST(ForeignKeyRecipe, MatchFullAlsoForbidsHalfFilledKeys) {
  EXPECT_THAT(all_sql(create(foreign_key({{"match", "FULL"}}))).at(0),
              testing::HasSubstr("WHERE NOT (child.a IS NULL AND child.b IS NULL) AND NOT EXISTS"));
}

TEST(ForeignKeyRecipe, ValidatesWhatIsThere) {
  const auto recipe = k_foreign_key.mend(foreign_key(), foreign_key(), "state", {});
  ASSERT_THAT(recipe.stages, SizeIs(2));
  EXPECT_THAT(recipe.stages[1].sql(), ElementsAre(alter("VALIDATE CONSTRAINT \"c\"")));
  EXPECT_EQ(recipe.stages[1].undo, "");
  EXPECT_THAT(k_foreign_key.mend(foreign_key(), foreign_key(), "parent", {}).stages, SizeIs(3));
}

// TABLE

TEST(TableRecipe, IsCreatedOnlyWhereItIsAskedFor) {
  const auto judged = k_table.judge_missing(object(k_table, {"app", "", "t"}));
  EXPECT_EQ(judged.consent, Consent::never);
  EXPECT_EQ(judged.reason, "creating tables is the migrations' job");
  EXPECT_THAT(judged.hint, testing::HasSubstr("create: true"));
  const auto asked = k_table.judge_missing(object(k_table, {"app", "", "t"}, {{"create", "true"}}));
  EXPECT_EQ(asked.consent, Consent::add);
  EXPECT_EQ(asked.sort, Sort::missing);
}

TEST(TableRecipe, TakesInItsElements) {
  const auto table = object(k_table, {"app", "", "t\"x"}, {{"create", "true"}});
  const std::vector<std::string> elements = {"\"id\" integer", "CONSTRAINT \"k\" PRIMARY KEY (id)"};
  const auto recipe = k_table.create(table, elements, {});
  EXPECT_THAT(all_sql(recipe), ElementsAre("CREATE TABLE \"app\".\"t\"\"x\" (\n  \"id\" integer,\n"
                                           "  CONSTRAINT \"k\" PRIMARY KEY (id)\n)"));
  EXPECT_EQ(recipe.stages.at(0).lock, Lock::none);
}

TEST(ConstraintRecipes, QuoteOddNames) {
  const auto odd = object(k_check, {"My App", "a.b", "x\"; DROP"}, {{"expression", "true"}});
  EXPECT_EQ(all_sql(create(odd)).at(1),
            "ALTER TABLE \"My App\".\"a.b\" ADD CONSTRAINT \"x\"\"; DROP\" CHECK (true) NOT VALID");
}

}  // namespace
}  // namespace pgmend::kinds
