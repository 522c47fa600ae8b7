// SPDX-License-Identifier: MIT
// Liquibase: a row for each change set; a run that was killed leaves its lock behind, and the next
// one waits for it (Liquibase documentation, "DATABASECHANGELOG table", "DATABASECHANGELOGLOCK
// table").
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns =
    std::to_array<std::string_view>({"orderexecuted", "id", "author", "exectype"});

constexpr std::string_view k_entries = R"sql(
SELECT author || ':' || id AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY orderexecuted DESC
LIMIT 3
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT author || ':' || id || ' failed' AS trouble
FROM {table}
WHERE exectype = 'FAILED'
ORDER BY orderexecuted
)sql";

constexpr auto k_lock_columns =
    std::to_array<std::string_view>({"lockgranted", "locked", "lockedby"});

constexpr std::string_view k_locks = R"sql(
SELECT 'it is locked by ' || COALESCE(lockedby, 'somebody') || ' since '
       || pg_catalog.to_char(lockgranted, 'YYYY-MM-DD HH24:MI') AS trouble
FROM {table}
WHERE locked
)sql";

}  // namespace

const VersionTable k_liquibase = {
    .tool = "Liquibase",
    .name = "databasechangelog",
    .columns = k_columns,
    .entries = k_entries,
    .troubles = k_troubles,
};

const VersionTable k_liquibase_lock = {
    .tool = "Liquibase",
    .name = "databasechangeloglock",
    .columns = k_lock_columns,
    .troubles = k_locks,
};

}  // namespace pgmend::ledger
