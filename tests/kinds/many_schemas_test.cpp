// SPDX-License-Identifier: MIT
// Among many schemas no catalog query holds each object against each schema: the work grows with
// what there is, not with its square.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "engine/catalog_query.hpp"
#include "kinds/kinds.hpp"
#include "pg/transaction.hpp"
#include "support/database.hpp"

namespace pgmend::test {
namespace {

constexpr const char* k_each = R"sql(
DO $many$
BEGIN
  FOR i IN 1..{} LOOP
    EXECUTE pg_catalog.format('CREATE SCHEMA t_%s', i);
    EXECUTE pg_catalog.format('SET LOCAL search_path = t_%s, pg_catalog', i);
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE DOMAIN age AS int CHECK (value > 0);
    CREATE TYPE pair AS (a int, b text);
    CREATE TYPE span AS RANGE (subtype = float8);
    CREATE COLLATION plain FROM "C";
    CREATE SEQUENCE numbers;
    CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE AGGREGATE total(int) (sfunc = int4pl, stype = int);
    CREATE OPERATOR @+@ (leftarg = int, rightarg = int, function = int4pl);
    CREATE TEXT SEARCH CONFIGURATION words (COPY = simple);
    CREATE TABLE owners (id int PRIMARY KEY, name text UNIQUE CHECK (name <> ''));
    CREATE TABLE items (id int PRIMARY KEY, owner int REFERENCES owners, note text DEFAULT 'none',
                        mood mood, CONSTRAINT short CHECK (length(note) < 100),
                        EXCLUDE USING btree (owner WITH =));
    CREATE INDEX by_note ON items (lower(note)) WHERE owner > 0;
    CREATE STATISTICS beside ON id, owner FROM items;
    CREATE VIEW named AS SELECT id, note FROM items WHERE owner = 1;
    CREATE MATERIALIZED VIEW counts AS SELECT owner, count(*) AS n FROM items GROUP BY owner;
    CREATE TRIGGER touched BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE RULE kept AS ON DELETE TO owners DO INSTEAD NOTHING;
    CREATE POLICY own ON items USING (owner = 1);
    COMMENT ON TABLE items IS 'what there is';
    COMMIT;
  END LOOP;
END
$many$;
)sql";

/// Rows that the nodes of a plan took up.
double rows_taken(const nlohmann::json& node) {
  double rows = 0;
  for (const char* field : {"Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter"})
    rows += node.value(field, 0.0);
  rows *= node.value("Actual Loops", 0.0);
  for (const auto& child : node.value("Plans", nlohmann::json::array())) rows += rows_taken(child);
  return rows;
}

/// What each kind's query takes up, by the kind's name.
std::map<std::string_view, double> work_for(const Database& database) {
  auto connection = database.connect();
  const pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot,
                                 {.only_catalogs = true});
  std::map<std::string_view, double> work;
  for (const auto* kind : kinds::all()) {
    const auto query = engine::render_catalog_query(kind->catalog_query, connection.server_major(),
                                                    engine::Reach::whole);
    const auto plan = connection.query("EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) " + query);
    work[kind->name] =
        rows_taken(nlohmann::json::parse(plan.str(0, "QUERY PLAN")).at(0).at("Plan"));
  }
  return work;
}

class ManySchemas : public testing::TestWithParam<bool> {};

TEST_P(ManySchemas, TakeWorkThatGrowsWithWhatThereIs) {
  constexpr double k_most = 5;  // times each row is looked at; by the square it is 8 and more
  const Database database;
  database.exec(fmt::format(k_each, 600));
  if (GetParam()) database.exec("VACUUM ANALYZE");
  const auto rows = database.connect().query(
      "SELECT (SELECT count(*) FROM pg_attribute) + (SELECT count(*) FROM pg_depend) "
      "+ (SELECT count(*) FROM pg_class) + (SELECT count(*) FROM pg_proc) AS all");
  const auto all = static_cast<double>(rows.integer(0, "all"));
  for (const auto& [kind, work] : work_for(database)) EXPECT_LT(work, k_most * all) << kind;
}

INSTANTIATE_TEST_SUITE_P(All, ManySchemas, testing::Bool(), [](const auto& analyzed) {
  return analyzed.param ? "Analyzed" : "AsTheyWereMade";
});

}  // namespace
}  // namespace pgmend::test
