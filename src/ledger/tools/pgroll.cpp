// SPDX-License-Identifier: MIT
// pgroll: a row for each migration in its own schema; one that is not done is started and waits to
// be completed, with both versions of what it changes in place. What was changed by other hands is
// recorded as "inferred".
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::pgroll_books {

namespace {

constexpr auto k_columns =
    std::to_array<std::string_view>({"resulting_schema", "done", "migration", "parent", "name"});

constexpr std::string_view k_entries = R"sql(
SELECT name || CASE WHEN done THEN '' ELSE ' (started)' END AS entry, name AS key
FROM {table} AS m
WHERE pg_catalog.to_jsonb(m) ->> 'migration_type' IS DISTINCT FROM 'inferred'
ORDER BY created_at DESC
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT name || ' is started and not completed' AS trouble
FROM {table}
WHERE NOT done
ORDER BY created_at
)sql";

constexpr auto k_version_columns = std::to_array<std::string_view>({"initialized_at", "version"});

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = {},
        .names = "*",
        .columns = k_columns,
        .entries = k_entries,
        .troubles = k_troubles,
    },
    {.name = "pgroll_version", .columns = k_version_columns},
});

std::optional<std::string> key_of(const ProjectFile& file) {
  const bool is_form = file.ends_with(".json") || file.ends_with(".yaml") || file.ends_with(".yml");
  if (!is_form || !leading_number(file.name)) return std::nullopt;
  return std::string(file.stem());
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

}  // namespace

const Tool k_pgroll = {
    .name = "pgroll",
    .tables = k_tables,
    .run = "pgroll migrate {folder}",
    .find = find,
    .owns_schema = true,
};

}  // namespace pgmend::ledger::pgroll_books
