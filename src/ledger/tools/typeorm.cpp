// SPDX-License-Identifier: MIT
// TypeORM: a row for each migration, by the name of its class, which ends in the number that the
// name of its file begins with.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::typeorm_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"timestamp", "name", "id"});

constexpr std::string_view k_entries = R"sql(
SELECT name AS entry, "timestamp"::pg_catalog.text AS key
FROM {table}
ORDER BY "timestamp" DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = {},
        .names = "migrations",
        .columns = k_columns,
        .has_no_other_columns = true,
        .entries = k_entries,
    },
});

std::optional<std::string> key_of(const ProjectFile& file) {
  if (!script_key(file)) return std::nullopt;
  return leading_number(file.name, "-");
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

constexpr auto k_signs = std::to_array<std::string_view>({"ormconfig.json"});

}  // namespace

const Tool k_typeorm = {
    .name = "TypeORM",
    .tables = k_tables,
    .run = "npx typeorm migration:run",
    .signs = k_signs,
    .find = find,
};

}  // namespace pgmend::ledger::typeorm_books
