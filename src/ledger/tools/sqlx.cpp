// SPDX-License-Identifier: MIT
// sqlx: a row for each migration, by the number its file begins with. `success` is written before a
// migration without a transaction runs: what failed is not to be told from what was cut off.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::sqlx_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>(
    {"execution_time", "installed_on", "version", "description", "success", "checksum"});

constexpr std::string_view k_entries = R"sql(
SELECT pg_catalog.concat_ws(' ', version::pg_catalog.text, description) AS entry,
       CASE WHEN success THEN version::pg_catalog.text END AS key
FROM {table}
ORDER BY version DESC
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT version::pg_catalog.text || ' failed' AS trouble
FROM {table}
WHERE NOT success
ORDER BY version
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "_sqlx_migrations",
    .names = "*",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
    .troubles = k_troubles,
}});

std::optional<std::string> key_of(const ProjectFile& file) {
  const auto number = leading_number(file.name);
  if (!number || !file.ends_with(".sql") || file.ends_with(".down.sql")) return std::nullopt;
  return plain_number(*number);
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

constexpr auto k_signs = std::to_array<std::string_view>({"sqlx.toml"});

}  // namespace

const Tool k_sqlx = {
    .name = "sqlx",
    .tables = k_tables,
    .run = "sqlx migrate run --source {folder}",
    .signs = k_signs,
    .find = find,
    .normal = plain_number,
};

}  // namespace pgmend::ledger::sqlx_books
