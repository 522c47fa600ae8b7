// SPDX-License-Identifier: MIT
// What stands in a schema that an extension came with, and what an extension's own rows speak of,
// is the extension's business.
#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

class ExtensionPropertyTest : public CliTest {
 protected:
  /// An extension that has a schema, and in it what it made later.
  void give_schema() const {
    db().exec(
        "CREATE EXTENSION hstore; CREATE SCHEMA _own; ALTER EXTENSION hstore ADD SCHEMA _own;"
        "CREATE TABLE _own.chunk (id serial PRIMARY KEY, n int CHECK (n > 0));"
        "COMMENT ON TABLE _own.chunk IS 'one'; GRANT SELECT ON _own.chunk TO PUBLIC;"
        "CREATE INDEX chunk_n ON _own.chunk (n); CREATE VIEW _own.all_of_it AS TABLE _own.chunk;"
        "CREATE FUNCTION _own.f () RETURNS int LANGUAGE sql AS 'SELECT 1'");
  }
  /// As pg_partman has it, which is not installed everywhere.
  void give_partitions() const {
    db().exec(
        "CREATE EXTENSION hstore; CREATE SCHEMA partman;"
        "CREATE TABLE partman.part_config (parent_table text, template_table text);"
        "ALTER EXTENSION hstore ADD TABLE partman.part_config;"
        "CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);"
        "CREATE INDEX ON events (at);"
        "CREATE TABLE \"Day one\" PARTITION OF events FOR VALUES FROM ('2024-01-01') TO "
        "('2024-01-02'); CREATE TABLE day_two PARTITION OF events DEFAULT;"
        "COMMENT ON TABLE day_two IS 'all else';"
        "CREATE TABLE partman.template_events (LIKE events);"
        "INSERT INTO partman.part_config VALUES ('public.events', 'partman.template_events');"
        "SET allow_system_table_mods = on;"
        "UPDATE pg_extension SET extname = 'pg_partman' WHERE extname = 'hstore'");
  }
};

TEST_F(ExtensionPropertyTest, OfItsSchemaIsNeitherListedNorRemoved) {
  ASSERT_EQ(exit_correct, run({"snapshot", "--output", "before.lock"}).exit_code);
  give_schema();
  const auto snapshot = run({"snapshot", "--output", "after.lock", "--with", "owners,privileges"});
  ASSERT_EQ(exit_correct, snapshot.exit_code) << snapshot.err;
  EXPECT_FALSE(contains(folder().read("after.lock"), "_own")) << folder().read("after.lock");
  const auto verified = run_unchanged({"verify", "--strict", "--schema", "after.lock"});
  EXPECT_EQ(exit_correct, verified.exit_code) << verified.out << verified.err;
  EXPECT_TRUE(contains(unwrapped(verified.out),
                       "seen and not compared: 2 relations that are the business of extension "
                       "hstore"))
      << verified.out;
  const auto removed =
      run({"ensure", "--schema", "before.lock", "--allow", "drop,alter,replace", "--dry-run"});
  EXPECT_FALSE(contains(removed.out, "_own")) << removed.out;
}

TEST_F(ExtensionPropertyTest, InALockFileFromBeforeIsNotMissing) {
  db().exec("CREATE SCHEMA _own; CREATE TABLE _own.chunk_1 (i int); CREATE EXTENSION hstore");
  ASSERT_EQ(exit_correct, run({"snapshot", "--output", "before.lock"}).exit_code);
  db().exec(
      "DROP TABLE _own.chunk_1; CREATE TABLE _own.chunk_2 (i int);"
      "ALTER EXTENSION hstore ADD SCHEMA _own");
  const auto result = run_unchanged({"verify", "--schema", "before.lock"});
  EXPECT_FALSE(contains(result.out, "chunk")) << result.out;
}

TEST_F(ExtensionPropertyTest, PartitionsComeAndGo) {
  give_partitions();
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  const auto lock = folder().read("schema.lock");
  EXPECT_TRUE(contains(lock, "table public.events ")) << lock;
  for (const auto* name : {"day_two", "Day one", "template_events"})
    EXPECT_FALSE(contains(lock, name)) << lock;
  db().exec(
      "DROP TABLE \"Day one\"; CREATE TABLE day_three PARTITION OF events FOR VALUES FROM "
      "('2024-01-03') TO ('2024-01-04')");
  const auto result = run_unchanged({"verify", "--strict", "--schema", "schema.lock"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  db().exec("DROP INDEX events_at_idx");
  const auto repaired = run({"ensure", "--schema", "schema.lock"});
  EXPECT_EQ(exit_correct, repaired.exit_code) << repaired.out << repaired.err;
  EXPECT_EQ("3", db().value("SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid IN "
                            "('events'::regclass, 'day_two'::regclass, 'day_three'::regclass)"));
}

TEST_F(ExtensionPropertyTest, WhoMayNotReadTheRowsIsNotHeldUp) {
  give_partitions();
  const Role role(db());
  db().exec("GRANT USAGE ON SCHEMA public TO " + role.name());
  const auto result = run({"verify", "--schema", "schema.lock"}, role.name());
  EXPECT_FALSE(contains(result.err, "permission denied")) << result.err;
}

// The parts of an operator family rest on what several extensions came with.
TEST_F(ExtensionPropertyTest, ExtensionsNeedEachOtherOneWayOnly) {
  db().exec(
      "CREATE EXTENSION citext; CREATE EXTENSION hstore;"
      "CREATE FUNCTION f (citext, hstore) RETURNS int LANGUAGE sql AS 'SELECT 0';"
      "ALTER OPERATOR FAMILY citext_ops USING btree ADD FUNCTION 1 (citext, hstore) f (citext, "
      "hstore); ALTER EXTENSION hstore ADD FUNCTION f (citext, hstore)");
  ASSERT_EQ(exit_correct, run({"snapshot"}).exit_code);
  const auto lock = folder().read("schema.lock");
  EXPECT_FALSE(contains(lock, "needs=\"extension hstore\"")) << lock;
  EXPECT_FALSE(contains(lock, "needs=\"extension citext\"")) << lock;
}

}  // namespace
}  // namespace pgmend::test
