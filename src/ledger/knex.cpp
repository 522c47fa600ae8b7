// SPDX-License-Identifier: MIT
// Knex: a row for each migration, by the name of its file. A run that died leaves the row of the
// lock table set, and nothing runs any more until somebody unlocks it.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"batch", "migration_time", "name"});

constexpr std::string_view k_entries = R"sql(
SELECT name AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY id DESC
LIMIT 3
)sql";

constexpr auto k_lock_columns = std::to_array<std::string_view>({"is_locked", "index"});

constexpr std::string_view k_locks = R"sql(
SELECT 'it is locked' AS trouble
FROM {table}
WHERE is_locked = 1
)sql";

}  // namespace

const VersionTable k_knex = {
    .tool = "Knex",
    .name = "knex_migrations",
    .columns = k_columns,
    .entries = k_entries,
};

const VersionTable k_knex_lock = {
    .tool = "Knex",
    .name = "knex_migrations_lock",
    .columns = k_lock_columns,
    .troubles = k_locks,
};

}  // namespace pgmend::ledger
