// SPDX-License-Identifier: MIT
// What every kind owes the rest of the house.
#include "kinds/kinds.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>

#include "engine/catalog_query.hpp"
#include "kinds/catalogs/catalog_columns.hpp"
#include "kinds/catalogs/locked_along.hpp"
#include "pg/transaction.hpp"
#include "support/database.hpp"
#include "support/matchers.hpp"
#include "support/schema_text.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

constexpr int k_oldest_major = 13;

class EachKind : public testing::TestWithParam<const Kind*> {
 protected:
  static const Kind& kind() { return *GetParam(); }
};

std::string whole_query(const Kind& kind, int major) {
  return engine::render_catalog_query(kind.catalog_query, major, engine::Reach::whole);
}

std::string narrowed_query(const Kind& kind, int major) {
  return engine::render_catalog_query(kind.catalog_query, major, engine::Reach::some);
}

std::vector<std::string> rare_fields(const Kind& kind) {
  std::vector<std::string> names;
  for (const auto& attribute : kind.attributes)
    if (kind.is_rare(attribute)) names.emplace_back(attribute.name);
  return names;
}

std::vector<std::string> fields(const Kind& kind) {
  std::vector<std::string> names = {"schema", "relation", "name", "classid", "objid", "objsubid"};
  for (const auto& attribute : kind.attributes)
    if (!attribute.is_wish) names.emplace_back(attribute.name);
  if (!rare_fields(kind).empty()) names.emplace_back("has_rare");
  return names;
}

}  // namespace

TEST_P(EachKind, StandsInTheDocs) {
  std::ifstream file(PGMEND_CASES "/../../docs/whole-schemas.md");
  const std::string docs{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(contains(docs, fmt::format("`{}`", kind().name)));
}

/// Or "column.missing" would be two findings.
TEST_P(EachKind, HasNoAttributeNamedLikeASort) {
  for (const auto& attribute : kind().attributes)
    for (const auto sort : {Sort::missing, Sort::different, Sort::broken, Sort::extra})
      EXPECT_NE(attribute.name, to_string(sort));
}

/// Two sessions share what weighs anything before it is asked what locks others along.
TEST_P(EachKind, LocksNothingAlongIfItWeighsAnything) {
  if (kind().weight == 0) return;
  EXPECT_FALSE(contains(kinds::k_locked_along_query, fmt::format("'{}'", kind().name)));
}

TEST_P(EachKind, IsDescribed) {
  EXPECT_FALSE(kind().name.empty());
  EXPECT_FALSE(kind().plural.empty());
  EXPECT_NE(kind().name, kind().plural);
  EXPECT_FALSE(kind().doc.empty());
  if (kind().home != Kind::Home::database) {
    EXPECT_FALSE(kind().attributes.empty());
  }
}

TEST_P(EachKind, HasAttributesThatAreDescribedAndJudged) {
  std::set<std::string_view> names;
  for (const auto& attribute : kind().attributes) {
    SCOPED_TRACE(attribute.name);
    EXPECT_TRUE(names.insert(attribute.name).second) << "it is there twice";
    EXPECT_FALSE(attribute.doc.empty());
    EXPECT_EQ(attribute.judge == nullptr, attribute.form == Attribute::Form::directive);
  }
}

TEST_P(EachKind, CanBeCreatedAndMended) {
  EXPECT_NE(kind().statement, nullptr);
  EXPECT_NE(kind().create, nullptr);
  if (!kind().owner.empty()) {
    EXPECT_NE(kind().definition, nullptr) << "init cannot write it";
  }
}

TEST_P(EachKind, HasASectionWhoseKeysSpeakOfItsAttributes) {
  if (!kind().section) return;
  for (const auto& key : kind().section->keys) {
    SCOPED_TRACE(key.name);
    EXPECT_FALSE(key.doc.empty());
    if (!key.attribute.empty()) {
      EXPECT_NO_THROW(kind().attribute_position(key.attribute));
    }
  }
}

TEST_P(EachKind, StandsBehindItsOwnerInTheList) {
  if (kind().owner.empty()) return;
  for (const auto* before : kinds::all()) {
    if (before->name == kind().owner) return;
    ASSERT_NE(before, &kind()) << "its owner comes later, or never";
  }
}

/// The newest version that a line of the query is marked for.
int newest_mark(std::string_view query) {
  int newest = 0;
  constexpr std::string_view k_mark = " -- since ";
  for (auto at = query.find(k_mark); at != std::string_view::npos; at = query.find(k_mark, at + 1))
    newest = std::max(newest, std::stoi(std::string(query.substr(at + k_mark.size(), 2))));
  return newest;
}

TEST_P(EachKind, HasAQueryThatRunsAsItStandsInPsql) {
  const Database database;
  if (newest_mark(kind().catalog_query) > database.connect().server_major())
    GTEST_SKIP() << "it stands there for a newer server";
  const TempFolder folder;
  const auto file = folder.write(
      "query.sql", "SET search_path = pg_catalog;\n" + std::string(kind().catalog_query) + ";");
  EXPECT_NO_THROW(run_file(database, file));
}

TEST_P(EachKind, HasAQueryThatReturnsItsAttributes) {
  const Database database;
  auto connection = database.connect();
  const auto query = whole_query(kind(), connection.server_major());
  const auto result = connection.query(query);
  for (const auto& field : fields(kind())) EXPECT_GE(result.field_number(field), 0) << field;
}

TEST_P(EachKind, HasAQueryThatNamesOnlyWhatItReturns) {
  const Database database;
  auto connection = database.connect();
  const auto result = connection.query(whole_query(kind(), connection.server_major()));
  std::size_t known = 0;
  for (const auto& field : fields(kind())) known += result.field_number(field) >= 0;
  EXPECT_EQ(static_cast<std::size_t>(result.fields()), known) << "it returns what nobody reads";
}

TEST_P(EachKind, HasAPresenceQueryThatFindsNothingWhereThereIsNothing) {
  if (kind().presence_query.empty()) return;
  const Database database;
  EXPECT_EQ(database.connect().query(std::string(kind().presence_query)).rows(), 0);
}

class PresenceQueries : public testing::TestWithParam<const char*> {};

TEST_P(PresenceQueries, FindWhatTheCatalogQueriesFind) {
  const Database database;
  run_file(database, fmt::format(PGMEND_CASES "/../sweep/schemas/{}.sql", GetParam()));
  auto connection = database.connect();
  for (const auto* kind : kinds::all()) {
    if (kind->presence_query.empty()) continue;
    const auto objects = connection.query(whole_query(*kind, connection.server_major())).rows();
    const auto traces = connection.query(std::string(kind->presence_query)).rows();
    if (objects > 0) {
      EXPECT_GT(traces, 0) << kind->name;
    }
  }
}

/// Whatever the server keeps for itself: the rest of a row is sent only where something is in it.
TEST_P(PresenceQueries, RareAttributesAreSentOnlyWhereOneIsThere) {
  const Database database;
  run_file(database, fmt::format(PGMEND_CASES "/../sweep/schemas/{}.sql", GetParam()));
  auto connection = database.connect();
  connection.query("SET allow_system_table_mods = on");
  connection.query(
      "UPDATE pg_catalog.pg_attribute SET attoptions = '{pg_attver=1}' "
      "FROM pg_catalog.pg_class c WHERE c.oid = attrelid AND c.oid >= 16384 "
      "AND c.relkind IN ('r', 'p', 'f') AND attnum > 0 AND attoptions IS NULL");
  for (const auto* kind : kinds::all()) {
    const auto rare = rare_fields(*kind);
    if (rare.empty()) continue;
    const auto result = connection.query(whole_query(*kind, connection.server_major()));
    EXPECT_GT(result.rows(), 0);
    for (int row = 0; row < result.rows(); ++row) {
      const bool has_one = std::any_of(rare.begin(), rare.end(), [&](const std::string& field) {
        return !result.is_null(row, result.field_number(field));
      });
      EXPECT_EQ(result.boolean(row, "has_rare"), has_one)
          << result.str(row, "relation") << '.' << result.str(row, "name");
    }
  }
}

TEST_P(PresenceQueries, NarrowedFindWhatNarrowedCatalogQueriesFind) {
  const Database database;
  run_file(database, fmt::format(PGMEND_CASES "/../sweep/schemas/{}.sql", GetParam()));
  auto connection = database.connect();
  const int major = connection.server_major();
  const auto relations = connection.query(
      "SELECT oid FROM pg_catalog.pg_class WHERE oid >= 16384 AND relkind IN ('r', 'p', 'f', 'v', "
      "'m')");
  for (int row = 0; row < relations.rows(); ++row) {
    const std::vector<unsigned> oid = {static_cast<unsigned>(relations.integer(row, "oid"))};
    for (const auto* kind : kinds::all()) {
      if (kind->presence_query.empty() || kind->home != Kind::Home::relation) continue;
      const auto objects =
          connection.query(narrowed_query(*kind, major), {engine::oid_array(oid)}).rows();
      const auto presence =
          engine::render_presence(kind->presence_query, major, engine::Reach::some, oid);
      if (objects > 0) {
        EXPECT_TRUE(connection.query("SELECT " + presence + " AS found").boolean(0, "found"))
            << kind->name << " of " << oid.front();
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Schemas, PresenceQueries,
                         testing::Values("shop", "analytics", "tenants", "zoo"),
                         [](const auto& instance) { return instance.param; });

/// Tables with something of most kinds, and views.
void make_tables(const Database& database, int tables) {
  database.exec(
      "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  database.exec(fmt::format(
      "DO $do$ BEGIN FOR i IN 1..{} LOOP "
      "EXECUTE replace($st$CREATE TABLE t% (id serial PRIMARY KEY, n int UNIQUE CHECK (n > 0),"
      "  later int GENERATED ALWAYS AS (n + 1) STORED, up int REFERENCES t% (id));"
      "CREATE INDEX ON t% (lower(n::text)) WHERE n > 1; CREATE STATISTICS s% ON id, n FROM t%;"
      "CREATE TRIGGER touch BEFORE UPDATE ON t% FOR EACH ROW EXECUTE FUNCTION touch();"
      "CREATE POLICY p ON t% USING (n > 0); COMMENT ON TABLE t% IS 'some';"
      "GRANT SELECT ON t% TO PUBLIC; CREATE VIEW v% AS SELECT id FROM t%;"
      "CREATE MATERIALIZED VIEW m% AS SELECT id FROM t%;"
      "CREATE RULE r AS ON DELETE TO t% DO INSTEAD NOTHING$st$, '%', i::text); "
      "END LOOP; END $do$",
      tables));
  database.exec("VACUUM ANALYZE");
}

/// The pages that the query touches, in a session that has asked the same before.
long long pages_of(pg::Connection& connection, const std::string& query) {
  pg::Transaction snapshot(connection, pg::Transaction::Mode::read_only_snapshot, pg::Pins{});
  connection.query(query);
  const auto plan = connection.query("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) " + query);
  for (int row = 0; row < plan.rows(); ++row) {
    const auto line = plan.str(row, "QUERY PLAN");
    constexpr std::string_view k_hit = "Buffers: shared hit=";
    if (const auto at = line.find(k_hit); at != std::string::npos)
      return std::stoll(line.substr(at + k_hit.size()));
  }
  return 0;
}

TEST(NarrowedQueries, TouchNoMorePagesOfALargerSchema) {
  const Database small;
  const Database large;
  make_tables(small, 20);
  make_tables(large, 400);
  auto of_small = small.connect();
  auto of_large = large.connect();
  const int major = of_small.server_major();
  const auto pages = [&](pg::Connection& connection, const Kind& kind, bool presence) {
    const auto oid = static_cast<unsigned>(
        connection.query("SELECT 't7'::regclass::oid AS oid").integer(0, "oid"));
    if (presence)
      return pages_of(connection, "SELECT " + engine::render_presence(kind.presence_query, major,
                                                                      engine::Reach::some, {oid}));
    return pages_of(connection, text::replace_all(narrowed_query(kind, major), "$1",
                                                  "'" + engine::oid_array({oid}) + "'"));
  };
  for (const auto* kind : kinds::all()) {
    if (kind->home != Kind::Home::relation) continue;
    for (const bool presence : {false, true}) {
      const auto few = pages(of_small, *kind, presence);
      const auto many = pages(of_large, *kind, presence);
      EXPECT_LE(many, 2 * few + 10) << kind->name << (presence ? ", presence" : "");
    }
  }
}

/// Or it would not be looked at.
TEST(RareAttributes, ArePresentOnlyWhereTheQuerySaysThatSomeAre) {
  std::size_t present = 0;
  for (const auto* schema : {"shop", "analytics", "tenants", "zoo"}) {
    const Database database;
    run_file(database, fmt::format(PGMEND_CASES "/../sweep/schemas/{}.sql", schema));
    auto connection = database.connect();
    for (const auto* kind : kinds::all()) {
      const auto rare = rare_fields(*kind);
      if (rare.empty()) continue;
      const auto result = connection.query(whole_query(*kind, connection.server_major()));
      for (int row = 0; row < result.rows(); ++row) {
        for (const auto& field : rare) {
          if (result.is_null(row, result.field_number(field))) continue;
          ++present;
          EXPECT_EQ(result.get(row, "has_rare"), "t")
              << field << " of " << result.str(row, "relation") << "." << result.str(row, "name");
        }
      }
    }
  }
  EXPECT_GT(present, 10U);
}

TEST_P(EachKind, HasAQueryOfPartsThatReturnsAddresses) {
  if (kind().parts_query.empty()) GTEST_SKIP() << "pg_depend says it all";
  const Database database;
  auto connection = database.connect();
  const auto result = connection.query(engine::render_catalog_query(
      kind().parts_query, connection.server_major(), engine::Reach::whole));
  for (const auto* field : {"classid", "objid", "wholeclassid", "wholeobjid"})
    EXPECT_GE(result.field_number(field), 0) << field;
}

TEST_P(EachKind, HasANarrowedQuery) {
  if (kind().home == Kind::Home::database) GTEST_SKIP() << "it is read as a whole";
  const Database database;
  auto connection = database.connect();
  const auto result =
      connection.query(narrowed_query(kind(), connection.server_major()), {std::string("{1259}")});
  for (const auto& field : fields(kind())) EXPECT_GE(result.field_number(field), 0) << field;
}

TEST_P(EachKind, RendersItsQueryForEveryServer) {
  for (int major = k_oldest_major; major <= kinds::k_newest_known_major; ++major) {
    SCOPED_TRACE(major);
    for (const auto& query : {whole_query(kind(), major), narrowed_query(kind(), major)}) {
      for (const auto* mark : {" -- since", "-- before", "-- narrowed", " -- whole"})
        EXPECT_TRUE(contains_not(query, mark));
      EXPECT_TRUE(contains(query, "SELECT"));
    }
    if (kind().home != Kind::Home::database) {
      EXPECT_TRUE(contains(narrowed_query(kind(), major), "$1"));
    }
    EXPECT_TRUE(contains_not(whole_query(kind(), major), "$1"));
  }
}

/// Names in pg_catalog are found whatever the search path, and nothing can stand before them.
TEST_P(EachKind, NamesCatalogsAndFunctionsWithTheirSchema) {
  const std::regex bare(
      "(FROM|JOIN|[ (])pg_(?!catalog\\.)[a-z_]+ *\\(|(FROM|JOIN) pg_(?!catalog\\.)");
  for (const auto line : text::split(kind().catalog_query, '\n'))
    EXPECT_FALSE(std::regex_search(std::string(line), bare)) << line;
}

INSTANTIATE_TEST_SUITE_P(All, EachKind, testing::ValuesIn(kinds::all().begin(), kinds::all().end()),
                         [](const auto& instance) { return std::string(instance.param->name); });

TEST(Kinds, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const auto* kind : kinds::all()) EXPECT_TRUE(names.insert(kind->name).second) << kind->name;
}

}  // namespace pgmend::test
