// SPDX-License-Identifier: MIT
// refinery: a row for each migration, by the number in its name.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::refinery_books {

namespace {

constexpr auto k_columns =
    std::to_array<std::string_view>({"applied_on", "version", "name", "checksum"});

constexpr std::string_view k_entries = R"sql(
SELECT 'V' || version::pg_catalog.text || '__' || name AS entry, version::pg_catalog.text AS key
FROM {table}
ORDER BY version DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "refinery_schema_history",
    .names = "*",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
}});

std::optional<std::string> key_of(const ProjectFile& file) {
  if (!file.ends_with(".sql") && !file.ends_with(".rs")) return std::nullopt;
  if (!file.name.starts_with('V') && !file.name.starts_with('U')) return std::nullopt;
  const auto number = leading_number(std::string_view(file.name).substr(1), "__");
  return number ? std::optional(plain_number(*number)) : std::nullopt;
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

constexpr auto k_signs = std::to_array<std::string_view>({"refinery.toml"});

}  // namespace

const Tool k_refinery = {
    .name = "refinery",
    .tables = k_tables,
    .run = "refinery migrate -p {folder}",
    .signs = k_signs,
    .find = find,
    .normal = plain_number,
};

}  // namespace pgmend::ledger::refinery_books
