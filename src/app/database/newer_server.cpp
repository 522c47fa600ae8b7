// SPDX-License-Identifier: MIT
#include "app/database/newer_server.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "kinds/catalogs/catalog_columns.hpp"
#include "util/text.hpp"

namespace pgmend::app {

std::optional<std::string> newer_server_note(pg::Connection& connection, int newest_known) {
  const auto major = connection.server_major();
  if (major <= newest_known) return std::nullopt;
  const auto rows = connection.query(std::string(kinds::k_catalog_columns_query));
  std::vector<std::pair<std::string, std::string>> found;
  for (int row = 0; row < rows.rows(); ++row)
    found.emplace_back(rows.str(row, "catalog"), rows.str(row, "name"));
  const auto unknown = kinds::unknown_columns(found);
  return fmt::format(
      "PostgreSQL {} is newer than this pgmend knows ({} is the newest): {}", major, newest_known,
      unknown.empty()
          ? std::string("its catalogs have nothing that is not known, options of objects may")
          : "not compared is what its catalogs have beyond, " + text::join(unknown, ", "));
}

}  // namespace pgmend::app
