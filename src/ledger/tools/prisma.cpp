// SPDX-License-Identifier: MIT
// Prisma: a row for each attempt; one that has neither finished nor been rolled back failed
// half-way, and `prisma migrate deploy` refuses to go on (Prisma documentation, "Production
// troubleshooting"). `prisma migrate resolve` writes a row without a step, or rolls one back.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::prisma_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>(
    {"applied_steps_count", "migration_name", "finished_at", "rolled_back_at"});

constexpr std::string_view k_entries = R"sql(
SELECT migration_name
         || CASE applied_steps_count WHEN 0 THEN ' (marked as applied)' ELSE '' END AS entry,
       migration_name AS key
FROM {table}
WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
ORDER BY started_at DESC
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT f.migration_name || ' failed' AS trouble
FROM {table} f
WHERE f.finished_at IS NULL AND f.rolled_back_at IS NULL
  AND NOT EXISTS (SELECT FROM {table} o
                  WHERE o.migration_name = f.migration_name AND o.finished_at IS NOT NULL
                    AND o.rolled_back_at IS NULL)
ORDER BY f.started_at
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "_prisma_migrations",
        .columns = k_columns,
        .entries = k_entries,
        .troubles = k_troubles,
    },
});

/// A folder for each, with the number first.
std::optional<std::string> key_of(const ProjectFile& file) {
  if (file.name != "migration.sql") return std::nullopt;
  return file.folder.substr(file.folder.rfind('/') + 1);
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of, 1);
}

constexpr auto k_signs = std::to_array<std::string_view>({"prisma/migrations/migration_lock.toml"});

}  // namespace

const Tool k_prisma = {
    .name = "Prisma",
    .tables = k_tables,
    .run = "npx prisma migrate deploy",
    .signs = k_signs,
    .find = find,
};

}  // namespace pgmend::ledger::prisma_books
