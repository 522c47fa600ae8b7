// SPDX-License-Identifier: MIT
// Entity Framework Core: a row for each migration, by the time and name of its file.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::ef_core_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"MigrationId", "ProductVersion"});

constexpr std::string_view k_entries = R"sql(
SELECT "MigrationId" AS entry
FROM {table}
ORDER BY "MigrationId" DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "__EFMigrationsHistory",
        .names = "*",
        .columns = k_columns,
        .entries = k_entries,
    },
});

std::optional<std::string> key_of(const ProjectFile& file) {
  if (!file.ends_with(".cs") || file.ends_with(".Designer.cs")) return std::nullopt;
  const auto number = leading_number(file.name);
  constexpr std::size_t k_time = 14;
  if (!number || number->size() != k_time) return std::nullopt;
  return std::string(file.stem());
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

}  // namespace

const Tool k_ef_core = {
    .name = "EF Core",
    .tables = k_tables,
    .run = "dotnet ef database update",
    .find = find,
};

}  // namespace pgmend::ledger::ef_core_books
