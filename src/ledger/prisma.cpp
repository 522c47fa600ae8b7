// SPDX-License-Identifier: MIT
// Prisma: a row for each attempt; one that has neither finished nor been rolled back failed
// half-way, and `prisma migrate deploy` refuses to go on (Prisma documentation, "Production
// troubleshooting").
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>(
    {"applied_steps_count", "migration_name", "finished_at", "rolled_back_at"});

constexpr std::string_view k_entries = R"sql(
SELECT migration_name AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
ORDER BY started_at DESC
LIMIT 3
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

}  // namespace

const VersionTable k_prisma = {
    .tool = "Prisma",
    .name = "_prisma_migrations",
    .columns = k_columns,
    .entries = k_entries,
    .troubles = k_troubles,
};

}  // namespace pgmend::ledger
