// SPDX-License-Identifier: MIT
// golang-migrate: one row; `dirty` is set before a migration and stays when it fails, and nothing
// runs any more until somebody forces a version.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"dirty", "version"});

constexpr std::string_view k_entries = R"sql(
SELECT version::pg_catalog.text AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY version DESC
LIMIT 3
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT version::pg_catalog.text || ' is dirty' AS trouble
FROM {table}
WHERE dirty
)sql";

}  // namespace

const VersionTable k_golang_migrate = {
    .tool = "golang-migrate",
    .name = "schema_migrations",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
    .troubles = k_troubles,
};

}  // namespace pgmend::ledger
