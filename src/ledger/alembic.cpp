// SPDX-License-Identifier: MIT
// Alembic: one row for each branch, the newest revision that was applied to it. Name and schema of
// the table are the project's choice, its one column is not (Alembic documentation,
// "EnvironmentContext.configure", version_table).
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"version_num"});

constexpr std::string_view k_entries = R"sql(
SELECT version_num AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY version_num
)sql";

}  // namespace

const VersionTable k_alembic = {
    .tool = "Alembic",
    .name = "alembic_version",
    .names = "*",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
};

}  // namespace pgmend::ledger
