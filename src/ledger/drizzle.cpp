// SPDX-License-Identifier: MIT
// Drizzle: a row for each migration with its file's digest and the time its journal gives it. What
// is older than the newest row is skipped without a word (see drizzle_journal.hpp).
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"hash", "created_at"});

constexpr std::string_view k_entries = R"sql(
SELECT created_at::pg_catalog.text AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY created_at DESC
)sql";

}  // namespace

const VersionTable k_drizzle = {
    .tool = "Drizzle",
    .name = "__drizzle_migrations",
    .names = "*drizzle*",
    .columns = k_columns,
    .entries = k_entries,
};

}  // namespace pgmend::ledger
