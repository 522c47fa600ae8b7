// SPDX-License-Identifier: MIT
// dbmate: a row for each migration, by the number its file begins with, in a table like that of
// Rails. A file has both ways, marked by comments.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::dbmate_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"version"});

constexpr std::string_view k_entries = R"sql(
SELECT version AS entry
FROM {table}
ORDER BY version DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "schema_migrations",
    .names = "*migrations",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
}});

std::optional<std::string> key_of(const ProjectFile& file) {
  const auto number = leading_number(file.name);
  if (!number || !file.ends_with(".sql")) return std::nullopt;
  const auto text = ProjectFiles::text(file);
  if (!text || text->find("-- migrate:up") == std::string::npos) return std::nullopt;
  return plain_number(*number);
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

}  // namespace

const Tool k_dbmate = {
    .name = "dbmate",
    .tables = k_tables,
    .run = "dbmate migrate",
    .find = find,
    .normal = plain_number,
};

}  // namespace pgmend::ledger::dbmate_books
