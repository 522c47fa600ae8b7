// SPDX-License-Identifier: MIT
// Kysely: a row for each migration, by the name of its file without its ending; a lock beside it.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::kysely_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"timestamp", "name"});

constexpr std::string_view k_entries = R"sql(
SELECT name AS entry
FROM {table}
ORDER BY timestamp DESC, name DESC
)sql";

constexpr auto k_lock_columns = std::to_array<std::string_view>({"is_locked", "id"});

constexpr std::string_view k_locks = R"sql(
SELECT 'it is locked' AS trouble
FROM {table}
WHERE is_locked = 1
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "kysely_migration",
        .names = "*migration*",
        .columns = k_columns,
        .has_no_other_columns = true,
        .entries = k_entries,
    },
    {
        .name = "kysely_migration_lock",
        .names = "*migration*lock*",
        .columns = k_lock_columns,
        .has_no_other_columns = true,
        .troubles = k_locks,
    },
});

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, script_key);
}

constexpr auto k_signs =
    std::to_array<std::string_view>({"kysely.config.ts", ".config/kysely.config.ts"});

}  // namespace

const Tool k_kysely = {
    .name = "Kysely",
    .tables = k_tables,
    .run = "npx kysely migrate latest",
    .signs = k_signs,
    .find = find,
};

}  // namespace pgmend::ledger::kysely_books
