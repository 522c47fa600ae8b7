// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What becomes of each column of pg_catalog: nothing that a server keeps of a schema may be left
/// out of the comparison without anybody having said so. catalog_columns.txt is the table, and says
/// what its words mean.
namespace pgmend::kinds {

/// The newest version of PostgreSQL whose catalogs are in the table.
inline constexpr int k_newest_known_major = 19;

struct CatalogColumn {
  enum class Fate { identity, compared, follows, state, counted };

  std::string_view catalog;
  std::string_view name;
  int since = 0;  // the first major version that has it; 0: all that are known
  int until = 0;  // the last one; 0: all that are known
  Fate fate = Fate::state;
  std::vector<std::string> what;  // what is compared, followed or counted
};

/// The table. Throws std::logic_error where it cannot be read, which a test finds.
std::span<const CatalogColumn> catalog_columns();

/// Returns catalog and name of each column of pg_catalog's tables.
extern const std::string_view k_catalog_columns_query;

/// What is not in the table: "pg_class.relnew", or "pg_new" where all of a catalog is new. `found`
/// are rows of that query.
std::vector<std::string> unknown_columns(
    std::span<const std::pair<std::string, std::string>> found);

}  // namespace pgmend::kinds
