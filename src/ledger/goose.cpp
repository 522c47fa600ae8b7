// SPDX-License-Identifier: MIT
// goose: a row for each step up and down; what counts for a version is its last one.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"is_applied", "version_id", "tstamp"});

constexpr std::string_view k_entries = R"sql(
SELECT version_id::pg_catalog.text AS entry, pg_catalog.count(*) OVER () AS total
FROM (SELECT DISTINCT ON (version_id) version_id, is_applied
      FROM {table}
      ORDER BY version_id, id DESC) last
WHERE is_applied AND version_id > 0
ORDER BY version_id DESC
LIMIT 3
)sql";

}  // namespace

const VersionTable k_goose = {
    .tool = "goose",
    .name = "goose_db_version",
    .names = "*",
    .columns = k_columns,
    .entries = k_entries,
};

}  // namespace pgmend::ledger
