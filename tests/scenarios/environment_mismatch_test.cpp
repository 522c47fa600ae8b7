// SPDX-License-Identifier: MIT
// The seed's third scenario: dev has the migrations, production was only told that it has.
#include <gtest/gtest.h>

#include "program.hpp"
#include "shop.hpp"
#include "support/matchers.hpp"
#include "support/schema_text.hpp"

namespace pgmend::test {
namespace {

TEST(EnvironmentMismatch, ProductionThatWasOnlyStampedIsBroughtToWhatDevHas) {
  const Shop dev;
  dev.migrate({"upgrade", "head"});
  EXPECT_EQ(dev.pgmend({"verify"}).exit_code, 0);

  const Shop production;
  production.migrate({"upgrade", "create_users"});
  production.load_rows();
  const auto rows = production.checksum();
  production.migrate({"stamp", "head"});
  EXPECT_EQ(production.version(), dev.version());
  EXPECT_TRUE(contains_not(production.migrate({"upgrade", "head"}).err, "Running upgrade"));
  EXPECT_NE(production.app().exit_code, 0);

  const auto plan = production.pgmend({"plan"});
  EXPECT_EQ(plan.exit_code, 1) << testing::PrintToString(plan);
  EXPECT_EQ(production.missing_columns(), "webhook_url,webhook_headers");

  const auto ensure = production.pgmend({"ensure"});
  EXPECT_EQ(ensure.exit_code, 0) << testing::PrintToString(ensure);
  EXPECT_TRUE(contains(ensure.out, "Schema fixed - 4 item(s) added"));
  EXPECT_EQ(production.app().exit_code, 0);
  EXPECT_EQ(production.version(), dev.version());
  EXPECT_EQ(production.checksum(), rows);
  EXPECT_EQ(schema_text(production.database()), schema_text(dev.database()));
  EXPECT_TRUE(contains(production.pgmend({"ensure"}).out, "no changes needed"));
}

TEST(EnvironmentMismatch, ThePlanIsSqlThatPsqlMendsItWith) {
  const Shop production;
  production.migrate({"upgrade", "create_users"});
  production.load_rows();
  production.migrate({"stamp", "head"});
  const auto plan = production.pgmend({"plan"});
  RunOptions options;
  options.input = plan.out;
  const auto psql = run_program({client_program(production.database().server(), "psql"), "-X", "-v",
                                 "ON_ERROR_STOP=1", "-d", production.database().url()},
                                options);
  EXPECT_EQ(psql.exit_code, 0) << testing::PrintToString(psql);
  const auto verify = production.pgmend({"verify"});
  EXPECT_EQ(verify.exit_code, 0) << testing::PrintToString(verify);
  EXPECT_EQ(schema_text(production.database()), dump_of_fresh_shop());
}

TEST(EnvironmentMismatch, AlembicGoesOnWithAMendedDatabase) {
  const Shop production;
  production.migrate({"upgrade", "create_users"});
  production.load_rows();
  const auto rows = production.checksum();
  production.migrate({"stamp", "head"});
  EXPECT_EQ(production.pgmend({"ensure"}).exit_code, 0);
  production.migrate({"downgrade", "create_users"});
  EXPECT_EQ(production.missing_columns(), "webhook_url,webhook_headers");
  production.migrate({"upgrade", "head"});
  EXPECT_EQ(production.pgmend({"verify"}).exit_code, 0);
  EXPECT_EQ(schema_text(production.database()), dump_of_fresh_shop());
  EXPECT_EQ(production.checksum(), rows);
}

// What no migration made is not made here either: the tables' columns are only half of them.
TEST(EnvironmentMismatch, AStampedEmptyDatabaseIsNotMadeUp) {
  const Shop production;
  production.migrate({"stamp", "head"});
  const auto before = production.database().fingerprint();
  const auto ensure = production.pgmend({"ensure"});
  EXPECT_EQ(ensure.exit_code, 5) << testing::PrintToString(ensure);
  EXPECT_TRUE(contains(ensure.out, "verdict: unclear - 2 of 2 expected tables are missing"));
  EXPECT_TRUE(contains_match(ensure.out, "users missing"));
  EXPECT_TRUE(contains_match(ensure.out, "api_keys missing"));
  EXPECT_TRUE(contains(ensure.out, "migrations"));
  EXPECT_EQ(production.database().fingerprint(), before);
}

}  // namespace
}  // namespace pgmend::test
