// SPDX-License-Identifier: MIT
// Entity Framework Core: a row for each migration, by the time its name begins with.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"MigrationId", "ProductVersion"});

constexpr std::string_view k_entries = R"sql(
SELECT "MigrationId" AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY "MigrationId" DESC
LIMIT 3
)sql";

}  // namespace

const VersionTable k_ef_core = {
    .tool = "EF Core",
    .name = "__EFMigrationsHistory",
    .names = "*",
    .columns = k_columns,
    .entries = k_entries,
};

}  // namespace pgmend::ledger
