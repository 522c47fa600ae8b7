// SPDX-License-Identifier: MIT
// MikroORM: a row for each migration, by the name of its file without its ending.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::mikro_orm_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"executed_at", "name", "id"});

constexpr std::string_view k_entries = R"sql(
SELECT name AS entry, pg_catalog.regexp_replace(name, '\.[^./]*$', '') AS key
FROM {table}
ORDER BY id DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "mikro_orm_migrations",
        .names = "*migration*",
        .columns = k_columns,
        .has_no_other_columns = true,
        .entries = k_entries,
    },
});

std::optional<std::string> key_of(const ProjectFile& file) {
  auto key = script_key(file);
  return key && key->starts_with("Migration") ? key : std::nullopt;
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

constexpr auto k_signs =
    std::to_array<std::string_view>({"mikro-orm.config.ts", "mikro-orm.config.js"});

}  // namespace

const Tool k_mikro_orm = {
    .name = "MikroORM",
    .tables = k_tables,
    .run = "npx mikro-orm migration:up",
    .signs = k_signs,
    .find = find,
};

}  // namespace pgmend::ledger::mikro_orm_books
