// SPDX-License-Identifier: MIT
// Diesel: a row for each migration, by the number of its folder.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"
#include "util/text.hpp"

namespace pgmend::ledger::diesel_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"run_on", "version"});

constexpr std::string_view k_entries = R"sql(
SELECT version AS entry
FROM {table}
ORDER BY version DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "__diesel_schema_migrations",
        .columns = k_columns,
        .has_no_other_columns = true,
        .entries = k_entries,
    },
});

/// The name of the folder up to its first underscore, without hyphens.
std::optional<std::string> key_of(const ProjectFile& file) {
  if (file.name != "up.sql") return std::nullopt;
  const auto name = std::string_view(file.folder).substr(file.folder.rfind('/') + 1);
  return text::replace_all(std::string(name.substr(0, name.find('_'))), "-", "");
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of, 1);
}

constexpr auto k_signs = std::to_array<std::string_view>({"diesel.toml"});

}  // namespace

const Tool k_diesel = {
    .name = "Diesel",
    .tables = k_tables,
    .run = "diesel migration run",
    .signs = k_signs,
    .find = find,
};

}  // namespace pgmend::ledger::diesel_books
