// SPDX-License-Identifier: MIT
// Flyway: a row for each attempt; `success` is false where a script failed and could not be rolled
// back, and `flyway repair` takes those out (Flyway documentation, "Flyway Schema History Table").
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>(
    {"installed_rank", "version", "description", "script", "success"});

constexpr std::string_view k_entries = R"sql(
SELECT pg_catalog.concat_ws(' ', version, description) AS entry,
       pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY installed_rank DESC
LIMIT 3
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT script || ' failed' AS trouble
FROM {table}
WHERE NOT success
ORDER BY installed_rank
)sql";

}  // namespace

const VersionTable k_flyway = {
    .tool = "Flyway",
    .name = "flyway_schema_history",
    .names = "*",
    .columns = k_columns,
    .entries = k_entries,
    .troubles = k_troubles,
};

}  // namespace pgmend::ledger
