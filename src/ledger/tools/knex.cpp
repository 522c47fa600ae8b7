// SPDX-License-Identifier: MIT
// Knex: a row for each migration, by the name of its file. A run that died leaves the row of the
// lock table set, and nothing runs any more until somebody unlocks it.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::knex_books {

namespace {

constexpr auto k_columns =
    std::to_array<std::string_view>({"migration_time", "batch", "name", "id"});

constexpr std::string_view k_entries = R"sql(
SELECT name AS entry, pg_catalog.regexp_replace(name, '\.[^./]*$', '') AS key
FROM {table}
ORDER BY id DESC
)sql";

constexpr auto k_lock_columns = std::to_array<std::string_view>({"is_locked", "index"});

constexpr std::string_view k_locks = R"sql(
SELECT 'it is locked' AS trouble
FROM {table}
WHERE is_locked = 1
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "knex_migrations",
        .names = "*",
        .columns = k_columns,
        .has_no_other_columns = true,
        .entries = k_entries,
    },
    {
        .name = "knex_migrations_lock",
        .names = "*",
        .columns = k_lock_columns,
        .has_no_other_columns = true,
        .troubles = k_locks,
    },
});

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, script_key);
}

constexpr auto k_signs =
    std::to_array<std::string_view>({"knexfile.js", "knexfile.ts", "knexfile.mjs", "knexfile.cjs"});

}  // namespace

const Tool k_knex = {
    .name = "Knex",
    .tables = k_tables,
    .run = "npx knex migrate:latest",
    .signs = k_signs,
    .find = find,
};

}  // namespace pgmend::ledger::knex_books
