// SPDX-License-Identifier: MIT
// Alembic: one row for each branch, the newest revision that was applied to it. Name and schema of
// the table are the project's choice, its one column is not (Alembic documentation,
// "EnvironmentContext.configure", version_table). Its scripts are read by alembic_scripts.hpp.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger::alembic_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"version_num"});

constexpr std::string_view k_entries = R"sql(
SELECT version_num AS entry
FROM {table}
ORDER BY version_num
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "alembic_version",
    .names = "*",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
}});

}  // namespace

const Tool k_alembic = {.name = "Alembic", .tables = k_tables, .run = "alembic upgrade head"};

}  // namespace pgmend::ledger::alembic_books
