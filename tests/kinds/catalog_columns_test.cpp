// SPDX-License-Identifier: MIT
// The table of what becomes of each column of pg_catalog, held against a server and the kinds.
#include "kinds/catalogs/catalog_columns.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "kinds/kinds.hpp"
#include "support/database.hpp"

namespace pgmend::test {

namespace {

using testing::IsEmpty;
using Fate = kinds::CatalogColumn::Fate;
using Found = std::vector<std::pair<std::string, std::string>>;

Found columns_of(pg::Connection& connection) {
  const auto rows = connection.query(std::string(kinds::k_catalog_columns_query));
  Found found;
  for (int row = 0; row < rows.rows(); ++row)
    found.emplace_back(rows.str(row, "catalog"), rows.str(row, "name"));
  return found;
}

std::string display(const kinds::CatalogColumn& column) {
  return fmt::format("{}.{}", column.catalog, column.name);
}

/// "kind.attribute", or a kind.
bool is_compared(const std::string& what) {
  const auto dot = what.find('.');
  return std::any_of(kinds::all().begin(), kinds::all().end(), [&](const Kind* kind) {
    if (kind->name != what.substr(0, dot)) return false;
    if (dot == std::string::npos) return kind->describes;
    const auto position = kind->find_attribute(what.substr(dot + 1));
    return position && kind->attributes[*position].judge != nullptr;
  });
}

TEST(CatalogColumns, OfThisServerAreAllInTheTable) {
  const Database database;
  auto connection = database.connect();
  EXPECT_THAT(kinds::unknown_columns(columns_of(connection)), IsEmpty());
}

TEST(CatalogColumns, OfTheTableAreThereInTheVersionsThatItNames) {
  const Database database;
  auto connection = database.connect();
  const auto major = connection.server_major();
  const auto all = columns_of(connection);
  const std::set<Found::value_type> found(all.begin(), all.end());
  for (const auto& column : kinds::catalog_columns()) {
    const bool is_due = major >= column.since && (column.until == 0 || major <= column.until);
    EXPECT_EQ(is_due, found.contains({std::string(column.catalog), std::string(column.name)}))
        << display(column);
  }
}

TEST(CatalogColumns, SayByWhichAttributeTheyAreCompared) {
  for (const auto& column : kinds::catalog_columns()) {
    if (column.fate != Fate::compared) continue;
    for (const auto& what : column.what)
      EXPECT_TRUE(is_compared(what)) << display(column) << ": " << what;
  }
}

TEST(CatalogColumns, SayWhichColumnTheyFollow) {
  const auto all = kinds::catalog_columns();
  for (const auto& column : all) {
    if (column.fate != Fate::follows) continue;
    for (const auto& what : column.what) {
      const auto leader =
          what.find('.') == std::string::npos ? fmt::format("{}.{}", column.catalog, what) : what;
      const auto found = std::find_if(all.begin(), all.end(),
                                      [&](const auto& other) { return display(other) == leader; });
      ASSERT_NE(found, all.end()) << display(column) << " follows " << leader;
      EXPECT_NE(found->fate, Fate::state) << display(column) << " follows " << leader;
    }
  }
}

TEST(CatalogColumns, ThatAreCountedAreCounted) {
  for (const auto& column : kinds::catalog_columns()) {
    if (column.fate != Fate::counted) continue;
    for (const auto& what : column.what)
      EXPECT_NE(kinds::k_unmodelled_query.find('\'' + what + '\''), std::string_view::npos)
          << display(column) << ": " << what;
  }
}

/// An attribute that no column of the table names is compared without anybody knowing of what.
TEST(CatalogColumns, NameEveryAttributeThatIsCompared) {
  // The catalogs of an extension have it, not the server's.
  std::set<std::string> named = {"table.hypertable", "table.distribution", "table.colocated_with"};
  for (const auto& column : kinds::catalog_columns())
    if (column.fate == Fate::compared) named.insert(column.what.begin(), column.what.end());
  for (const auto* kind : kinds::all())
    for (const auto& attribute : kind->attributes) {
      if (!attribute.judge || attribute.form == Attribute::Form::fault || kind->describes) continue;
      const auto name = fmt::format("{}.{}", kind->name, attribute.name);
      EXPECT_TRUE(named.contains(name)) << name;
    }
}

}  // namespace

}  // namespace pgmend::test
