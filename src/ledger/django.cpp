// SPDX-License-Identifier: MIT
// Django: a row for each migration of each application. `migrate --fake` writes one without running
// anything.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"applied", "app", "name"});

constexpr std::string_view k_entries = R"sql(
SELECT app || '.' || name AS entry, pg_catalog.count(*) OVER () AS total
FROM {table}
ORDER BY applied DESC, id DESC
LIMIT 3
)sql";

}  // namespace

const VersionTable k_django = {
    .tool = "Django",
    .name = "django_migrations",
    .columns = k_columns,
    .entries = k_entries,
};

}  // namespace pgmend::ledger
