// SPDX-License-Identifier: MIT
// Whether the mutations change every column of pg_catalog that is said to be compared: what no
// mutation touches might as well not be compared.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "kinds/catalogs/catalog_columns.hpp"
#include "mutations.hpp"
#include "support/database.hpp"
#include "support/schema_text.hpp"
#include "util/text.hpp"

namespace pgmend::test {

namespace {

using Fate = kinds::CatalogColumn::Fate;

bool is_there(const kinds::CatalogColumn& column, int major) {
  return major >= column.since && (column.until == 0 || major <= column.until);
}

/// By "catalog.column".
using Digests = std::map<std::string, std::string>;

/// One digest for each compared column: of all its values, of what the server did not come with.
std::string digests_query(int major) {
  std::map<std::string_view, std::vector<std::string>> columns;
  std::map<std::string_view, std::string_view> first;
  for (const auto& column : kinds::catalog_columns()) {
    if (!is_there(column, major)) continue;
    // The object that the row is of, by its oid.
    if (column.name != "classid") first.emplace(column.catalog, column.name);
    if (column.fate == Fate::compared)
      columns[column.catalog].push_back(
          fmt::format("'{0}.{1}', md5(string_agg(c.{1}::text, '|' ORDER BY c.{1}::text))",
                      column.catalog, column.name));
  }
  std::vector<std::string> parts;
  for (const auto& [catalog, digests] : columns)
    parts.push_back(fmt::format(
        "SELECT d.* FROM (SELECT jsonb_build_object({}) AS all_of_it FROM pg_catalog.{} c "
        "WHERE c.{}::oid >= 16384) AS x, jsonb_each_text(x.all_of_it) AS d (name, digest)",
        text::join(digests, ", "), catalog, first[catalog]));
  return text::join(parts, "\nUNION ALL\n");
}

Digests digests(pg::Connection& connection) {
  const auto result = connection.query(digests_query(connection.server_major()));
  Digests all;
  for (int row = 0; row < result.rows(); ++row)
    all[result.str(row, "name")] = result.str(row, "digest");
  return all;
}

/// Of one schema: which columns its mutations change.
void add_hits(const std::string& schema, std::set<std::string>& hits) {
  const Database database;
  run_file(database, sweep_file(fmt::format("schemas/{}.sql", schema)));
  auto connection = database.connect();
  connection.query("SET client_min_messages = error");
  connection.query("SET allow_system_table_mods = on");
  const auto before = digests(connection);
  for (const auto& mutation : mutations(database)) {
    connection.query("BEGIN");
    try {
      apply(connection, mutation);
      for (const auto& [column, digest] : digests(connection))
        if (before.at(column) != digest) hits.insert(column);
    } catch (const pg::Error&) {  // the server does not do that
    }
    connection.query("ROLLBACK");
  }
}

}  // namespace

TEST(Coverage, EveryColumnThatIsComparedIsChangedByAMutation) {
  std::set<std::string> hits;
  for (const auto* schema : {"shop", "analytics", "tenants", "zoo", "cabinet"})
    add_hits(schema, hits);
  const Database database;
  const auto major = database.connect().server_major();
  std::vector<std::string> untouched;
  for (const auto& column : kinds::catalog_columns()) {
    const auto name = fmt::format("{}.{}", column.catalog, column.name);
    if (column.fate == Fate::compared && is_there(column, major) && !hits.contains(name))
      untouched.push_back(name);
  }
  EXPECT_EQ(text::join(untouched, "\n"), "");
}

}  // namespace pgmend::test
