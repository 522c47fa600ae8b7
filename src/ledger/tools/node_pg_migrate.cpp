// SPDX-License-Identifier: MIT
// node-pg-migrate: a row for each migration, by the name of its file without its ending.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::node_pg_migrate_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"run_on", "name", "id"});

constexpr std::string_view k_entries = R"sql(
SELECT name AS entry
FROM {table}
ORDER BY id DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "pgmigrations",
        .names = "*migration*",
        .columns = k_columns,
        .has_no_other_columns = true,
        .entries = k_entries,
    },
});

std::optional<std::string> key_of(const ProjectFile& file) {
  if (auto key = script_key(file)) return key;
  if (!file.ends_with(".sql") || !may_be_migration(file)) return std::nullopt;
  auto stem = std::string(file.stem());
  if (stem.ends_with(".down")) return std::nullopt;
  return stem.ends_with(".up") ? stem.substr(0, stem.size() - 3) : stem;
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

}  // namespace

const Tool k_node_pg_migrate = {
    .name = "node-pg-migrate",
    .tables = k_tables,
    .run = "npx node-pg-migrate up",
    .find = find,
};

}  // namespace pgmend::ledger::node_pg_migrate_books
