// SPDX-License-Identifier: MIT
// golang-migrate: one row; `dirty` is set before a migration and stays when it fails, and nothing
// runs any more until somebody forces a version.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::golang_migrate_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"dirty", "version"});

constexpr std::string_view k_entries = R"sql(
SELECT version::pg_catalog.text || CASE WHEN dirty THEN ' (dirty)' ELSE '' END AS entry,
       version::pg_catalog.text AS key
FROM {table}
ORDER BY version DESC
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT version::pg_catalog.text || ' is dirty' AS trouble
FROM {table}
WHERE dirty
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "schema_migrations",
    .names = "*",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
    .troubles = k_troubles,
}});

std::optional<std::string> key_of(const ProjectFile& file) {
  const auto number = leading_number(file.name);
  if (!number || !file.ends_with(".up.sql")) return std::nullopt;
  return plain_number(*number);
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

}  // namespace

const Tool k_golang_migrate = {
    .name = "golang-migrate",
    .tables = k_tables,
    .run = "migrate -path {folder} -database \"$DATABASE_URL\" up",
    .find = find,
    .hold = hold_by_level,
    .normal = plain_number,
    .has_one_row = true,
};

}  // namespace pgmend::ledger::golang_migrate_books
