// SPDX-License-Identifier: MIT
// What stands, or does not stand, where a table or an index should be.
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

using Relations = CliTest;

TEST_F(Relations, MissingTableAsksForTheMigrations) {
  spec("tables:\n  orders:\n    columns: {id: int, note: text}\n    indexes: {ix_o: (id)}\n");
  for (const auto* command : {"verify", "ensure"}) {
    const auto result = run_unchanged({command});
    EXPECT_EQ(exit_drift, result.exit_code) << command;
    const auto said = unwrapped(result.out);
    EXPECT_TRUE(
        contains_in_order(said, {"✗ orders missing", "creating tables is the migrations' job"}));
    EXPECT_TRUE(contains(said, "hint: run the migrations first (alembic upgrade head)"));
    EXPECT_TRUE(
        contains(said, "❌ Schema verification FAILED - 1 difference hint: none of this is"));
    EXPECT_TRUE(contains_not(said, "adding now"));
    EXPECT_TRUE(contains_not(said, "pgmend ensure"));
  }
}

TEST_F(Relations, MissingTableDoesNotStopTheOthers) {
  spec("tables:\n  orders: {columns: {id: int}}\n  api_keys: {columns: {note: text}}\n");
  const auto result = run({"ensure"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "✓ api_keys.note added successfully"));
  EXPECT_TRUE(contains(result.out, "Schema still differs - 1 item left, 1 item(s) added"));
  EXPECT_EQ("", db().value("SELECT to_regclass('orders')"));
}

TEST_F(Relations, MissingTableIsCreatedOnRequest) {
  spec(
      "tables:\n  orders:\n    create: true\n    columns: {id: int PRIMARY KEY, note: text}\n"
      "    indexes: {ix_note: (note)}\n");
  EXPECT_EQ(exit_correct, run({"ensure"}).exit_code);
  EXPECT_EQ("id integer, note text", columns("orders"));
  EXPECT_EQ(exit_correct, run_unchanged({"verify"}).exit_code);
}

TEST_F(Relations, TableInAnotherSchemaIsReportedNotCreated) {
  db().exec("CREATE SCHEMA tenant; CREATE TABLE tenant.orders (id int)");
  for (const auto* create : {"", "    create: true\n"}) {
    spec(std::string("tables:\n  orders:\n    columns: {id: int}\n") + create);
    for (const auto* command : {"verify", "ensure"}) {
      const auto result = run_unchanged({command});
      EXPECT_EQ(exit_not_now, result.exit_code) << command;
      const auto said = unwrapped(result.out);
      EXPECT_TRUE(contains(said, "verdict: unclear - table orders stands in schema tenant"));
      EXPECT_TRUE(contains_in_order(
          said, {"✗ orders missing", "there is a table of that name in schema tenant"}));
      EXPECT_TRUE(contains(said, "hint: declare it as tenant.orders if that is the one"));
    }
  }
}

TEST_F(Relations, ViewWhereATableShouldBe) {
  db().exec("CREATE VIEW orders AS SELECT 1 AS id");
  for (const auto* create : {"", "    create: true\n"}) {
    spec(std::string("tables:\n  orders:\n    columns: {id: int, x: int}\n") + create);
    for (const auto* command : {"verify", "ensure"}) {
      const auto result = run_unchanged({command});
      EXPECT_EQ(exit_drift, result.exit_code) << command;
      const auto said = unwrapped(result.out);
      EXPECT_TRUE(contains_in_order(said, {"✗ orders missing", "its name is taken by a view"}));
      EXPECT_TRUE(contains(said, "hint: rename or drop what has the name, or change the name"));
    }
  }
}

TEST_F(Relations, OtherThingsWhereATableShouldBe) {
  db().exec(
      "CREATE MATERIALIZED VIEW m AS SELECT 1 AS id; CREATE SEQUENCE s;"
      "CREATE TYPE t AS (id int); CREATE INDEX i ON users (id)");
  for (const auto& [name, words] : {std::pair{"m", "a materialized view"},
                                    {"s", "a sequence"},
                                    {"t", "a composite type"},
                                    {"i", "the index of that name on users"}}) {
    spec(std::string("tables: {") + name + ": {create: true, columns: {id: int}}}");
    const auto result = run_unchanged({"ensure"});
    EXPECT_EQ(exit_drift, result.exit_code) << result.out << result.err;
    EXPECT_TRUE(contains_in_order(unwrapped(result.out),
                                  {"missing", std::string("its name is taken by ") + words}));
  }
}

TEST_F(Relations, SameNamedIndexOnAnotherTable) {
  db().exec("CREATE TABLE orders (id int); CREATE INDEX ix_instance ON orders (id)");
  spec("tables: {api_keys: {columns: {note: text}, indexes: {ix_instance: (instance_id)}}}");
  const auto verified = run_unchanged({"verify"});
  EXPECT_EQ(exit_drift, verified.exit_code);
  EXPECT_TRUE(contains(unwrapped(verified.out),
                       "✗ index api_keys.ix_instance missing expected: (instance_id) its name is "
                       "taken by the index of "
                       "that name on orders hint: rename or drop what has the name"));
  const auto ensured = run({"ensure"});
  EXPECT_EQ(exit_drift, ensured.exit_code);
  EXPECT_TRUE(contains(ensured.out, "✓ api_keys.note added successfully"));
  EXPECT_EQ("orders", db().value("SELECT indrelid::regclass FROM pg_index WHERE indexrelid = "
                                 "'ix_instance'::regclass"));
}

TEST_F(Relations, IndexNameTakenByATable) {
  db().exec("CREATE TABLE ix_instance (id int)");
  spec("tables: {api_keys: {indexes: {ix_instance: (instance_id)}}}");
  const auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.out), "its name is taken by a table"));
}

TEST_F(Relations, ColumnOfTheSameTypeIsNoSubstitute) {
  spec("tables: {api_keys: {columns: {webhook_url: text}}}");
  const auto result = run_unchanged({"verify"});
  EXPECT_EQ(exit_drift, result.exit_code);
  EXPECT_TRUE(contains_line(result.out, "✗ api_keys.webhook_url missing"));
}

TEST_F(Relations, EqualIndexUnderAnotherNameIsANote) {
  db().exec("CREATE INDEX by_instance ON api_keys (instance_id)");
  spec("tables: {api_keys: {indexes: {ix_instance: (instance_id)}}}");
  const auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_correct, result.exit_code);
  EXPECT_TRUE(contains(unwrapped(result.out),
                       "ℹ index api_keys.ix_instance: note it is there "
                       "under the name by_instance"));
}

TEST_F(Relations, SchemaThatIsNotThere) {
  spec("tables: {audit.log: {columns: {id: int}}}");
  const auto result = run_unchanged({"ensure"});
  EXPECT_EQ(exit_drift, result.exit_code) << result.err;
  EXPECT_TRUE(contains_line(result.out, "✗ audit.log missing"));
}

}  // namespace
}  // namespace pgmend::test
