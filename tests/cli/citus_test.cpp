// SPDX-License-Identifier: MIT
// Citus, by the catalogs and functions that its documentation describes: it is not installed here.
#include <fmt/format.h>

#include "cli/cli.hpp"

namespace pgmend::test {
namespace {

/// Its tables stand in pg_catalog and are members of the extension. A distribution column is stored
/// as a node of PostgreSQL's.
constexpr const char* k_citus = R"sql(
CREATE EXTENSION hstore;
SET allow_system_table_mods = on;
CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass NOT NULL, partmethod "char" NOT NULL,
  partkey text, colocationid int NOT NULL DEFAULT 0, repmodel "char" NOT NULL DEFAULT 'c',
  autoconverted boolean NOT NULL DEFAULT false);
CREATE TABLE pg_catalog.pg_dist_shard (logicalrelid regclass NOT NULL, shardid bigint NOT NULL,
  shardstorage "char" NOT NULL DEFAULT 't', shardminvalue text, shardmaxvalue text);
GRANT SELECT ON pg_catalog.pg_dist_partition, pg_catalog.pg_dist_shard TO PUBLIC;
ALTER EXTENSION hstore ADD TABLE pg_catalog.pg_dist_partition;
ALTER EXTENSION hstore ADD TABLE pg_catalog.pg_dist_shard;
CREATE FUNCTION pg_catalog.shard_name(object_name regclass, shard_id bigint,
                                      skip_qualify_public boolean DEFAULT true)
  RETURNS text LANGUAGE sql STABLE STRICT AS $$
  SELECT CASE WHEN nspname = 'public' AND skip_qualify_public THEN ''
              ELSE quote_ident(nspname) || '.' END || quote_ident(relname || '_' || shard_id)
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE c.oid = object_name $$;
CREATE FUNCTION pg_catalog.create_distributed_table(table_name regclass, distribution_column text,
  distribution_type text DEFAULT 'hash', colocate_with text DEFAULT 'default',
  shard_count int DEFAULT NULL) RETURNS void LANGUAGE sql AS $$
  INSERT INTO pg_catalog.pg_dist_partition
  SELECT table_name, 'h', format('{VAR :varno 1 :varattno %s :vartype 20 :vartypmod -1 :varcollid 0 '
    ':varlevelsup 0 :varnoold 1 :varoattno %1$s :location -1}', attnum),
    COALESCE((SELECT colocationid FROM pg_catalog.pg_dist_partition
              WHERE logicalrelid = to_regclass(colocate_with)), 1), 's', false
  FROM pg_attribute WHERE attrelid = table_name AND attname = distribution_column $$;
CREATE FUNCTION pg_catalog.create_reference_table(table_name regclass) RETURNS void LANGUAGE sql AS $$
  INSERT INTO pg_catalog.pg_dist_partition VALUES (table_name, 'n', NULL, 9, 't', false) $$;
CREATE FUNCTION pg_catalog.citus_add_local_table_to_metadata(table_name regclass,
  cascade_via_foreign_keys boolean DEFAULT false) RETURNS void LANGUAGE sql AS $$
  INSERT INTO pg_catalog.pg_dist_partition VALUES (table_name, 'n', NULL, 0, 's', false) $$;
UPDATE pg_extension SET extname = 'citus' WHERE extname = 'hstore';
)sql";

constexpr const char* k_tables = R"sql(
CREATE SCHEMA app;
CREATE TABLE app.tenants (id bigint PRIMARY KEY);
CREATE TABLE app."Line items" (tenant_id bigint, id bigint, PRIMARY KEY (tenant_id, id));
CREATE TABLE events (id bigint, tenant_id bigint, at timestamptz NOT NULL,
                     PRIMARY KEY (tenant_id, id));
CREATE TABLE countries (id int PRIMARY KEY);
CREATE TABLE settings (id int PRIMARY KEY);
CREATE TABLE notes (id int PRIMARY KEY);
CREATE TABLE kept (id int PRIMARY KEY);
)sql";

constexpr const char* k_distribute = R"sql(
SELECT create_distributed_table('app.tenants', 'id');
SELECT create_distributed_table('app."Line items"', 'tenant_id', colocate_with => 'app.tenants');
SELECT create_distributed_table('events', 'tenant_id', colocate_with => 'app.tenants');
SELECT create_reference_table('countries');
SELECT citus_add_local_table_to_metadata('settings');
INSERT INTO pg_catalog.pg_dist_partition VALUES ('kept', 'n', NULL, 0, 's', true);
)sql";

class CitusTest : public CliTest {
 protected:
  CitusTest() : CliTest(std::make_shared<Database>()) {
    db().exec(std::string(k_citus) + k_tables);
    db().exec(k_distribute);
    EXPECT_EQ(exit_correct, run({"snapshot"}).exit_code);
  }
  RunResult verify(const std::string& file = "schema.lock") const {
    return run({"verify", "--schema", file, "--strict"});
  }
  void expect_told(const std::string& words) const {
    const auto result = verify();
    EXPECT_EQ(exit_drift, result.exit_code);
    EXPECT_TRUE(contains(unwrapped(result.out), words)) << result.out;
  }
};

TEST_F(CitusTest, ALockFileSaysHowTablesAreDistributed) {
  const auto lock = folder().read("schema.lock");
  EXPECT_TRUE(contains_match(lock, "table app.tenants .*distribution=\"by id\"")) << lock;
  EXPECT_TRUE(contains_match(lock, "table app.\"?Line items\"? .*distribution=\"by tenant_id\""))
      << lock;
  EXPECT_TRUE(contains_match(lock, "table public.countries .*distribution=\"reference\"")) << lock;
  EXPECT_TRUE(contains_match(lock, "table public.settings .*distribution=\"local\"")) << lock;
  EXPECT_TRUE(contains_match(lock, "table public.notes .*distribution=\"none\"")) << lock;
  // Citus took it in, and lets it go again.
  EXPECT_TRUE(contains_match(lock, "table public.kept .*distribution=\"none\"")) << lock;
  EXPECT_EQ(exit_correct, verify().exit_code);
}

TEST_F(CitusTest, ShardsAreItsOwnBusiness) {
  db().exec(
      "INSERT INTO pg_dist_shard VALUES ('events', 102008), ('events', 102009),"
      "  ('app.\"Line items\"', 102010);"
      "CREATE TABLE events_102008 (LIKE events INCLUDING ALL);"
      "CREATE TABLE app.\"Line items_102010\" (id int CHECK (id > 0));"
      "CREATE INDEX ON app.\"Line items_102010\" (id)");
  const auto result = verify();
  EXPECT_EQ(exit_correct, result.exit_code) << result.out;
  EXPECT_TRUE(
      contains(unwrapped(result.out), "2 relations that are the business of extension citus"))
      << result.out;
  run({"snapshot", "--output", "with_shards.lock"});
  EXPECT_EQ(folder().read("schema.lock"), folder().read("with_shards.lock"));
}

TEST_F(CitusTest, AnotherDistributionIsTold) {
  db().exec(
      "UPDATE pg_dist_partition SET partkey = replace(partkey, 'varattno 2', 'varattno 1') "
      "WHERE logicalrelid = 'events'::regclass");
  expect_told("it is distributed by id, and should be distributed by tenant_id");
  db().exec(
      "UPDATE pg_dist_partition SET partmethod = 'n', partkey = NULL, repmodel = 't' "
      "WHERE logicalrelid = 'events'::regclass");
  expect_told("it is a reference table, and should be distributed by tenant_id");
  db().exec("DELETE FROM pg_dist_partition WHERE logicalrelid = 'events'::regclass");
  expect_told("it is a plain table, and should be distributed by tenant_id");
}

TEST_F(CitusTest, AnotherColocationIsTold) {
  db().exec(
      "UPDATE pg_dist_partition SET colocationid = 7 WHERE logicalrelid = 'events'::regclass");
  expect_told("its rows lie by themselves, and should lie with app.\"Line items\"");
}

// The numbers of groups are each cluster's own.
TEST_F(CitusTest, NumbersOfColocationsAreNotCompared) {
  db().exec(
      "UPDATE pg_dist_partition SET colocationid = colocationid + 100 WHERE colocationid > 0");
  EXPECT_EQ(exit_correct, verify().exit_code);
}

TEST_F(CitusTest, WhoDoesNotKnowOfItSaysNothingOfIt) {
  const Database plain;
  plain.exec(k_tables);
  run_bare({"snapshot", "--output", "plain.lock", "--database", plain.url()});
  const auto result = run({"verify", "--schema", "plain.lock"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out;
  EXPECT_FALSE(contains(result.out, "distributed")) << result.out;
}

TEST_F(CitusTest, WhatIsMadeIsDistributed) {
  db().exec(
      "DELETE FROM pg_dist_partition WHERE logicalrelid IN ('events'::regclass,"
      "  'countries'::regclass, 'settings'::regclass);"
      "DROP TABLE events, countries, settings");
  const auto result = run({"ensure", "--schema", "schema.lock"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_EQ("3", db().value("SELECT count(*) FROM pg_dist_partition WHERE logicalrelid IN "
                            "('events'::regclass, 'countries'::regclass, 'settings'::regclass)"));
  EXPECT_EQ(exit_correct, verify().exit_code);
}

TEST_F(CitusTest, APlainTableIsDistributedByConsent) {
  db().exec("DELETE FROM pg_dist_partition WHERE logicalrelid = 'events'::regclass");
  EXPECT_EQ(exit_drift, run({"ensure", "--schema", "schema.lock"}).exit_code);
  const auto result = run({"ensure", "--schema", "schema.lock", "--allow", "rewrite"});
  EXPECT_EQ(exit_correct, result.exit_code) << result.out << result.err;
  EXPECT_EQ(exit_correct, verify().exit_code);
}

}  // namespace
}  // namespace pgmend::test
