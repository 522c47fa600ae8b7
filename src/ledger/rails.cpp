// SPDX-License-Identifier: MIT
// Rails: a row for each migration, by the number its file begins with; `db:schema:load` writes them
// all without running any.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"version"});

constexpr std::string_view k_entries = R"sql(
SELECT version AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY version DESC
LIMIT 3
)sql";

constexpr auto k_metadata_columns = std::to_array<std::string_view>({"key", "value"});

}  // namespace

const VersionTable k_rails = {
    .tool = "Rails",
    .name = "schema_migrations",
    .columns = k_columns,
    .has_no_other_columns = true,
    .entries = k_entries,
};

// The name of the environment, and a hash of schema.rb.
const VersionTable k_rails_metadata = {
    .tool = "Rails",
    .name = "ar_internal_metadata",
    .columns = k_metadata_columns,
};

}  // namespace pgmend::ledger
