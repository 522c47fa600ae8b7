// SPDX-License-Identifier: MIT
// yoyo: a row for each migration, by the name of its file without its ending; a log, a lock and the
// version of these tables beside it.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::yoyo_books {

namespace {

constexpr auto k_columns =
    std::to_array<std::string_view>({"migration_hash", "migration_id", "applied_at_utc"});

constexpr std::string_view k_entries = R"sql(
SELECT migration_id AS entry
FROM {table}
ORDER BY applied_at_utc DESC, migration_id DESC
)sql";

constexpr auto k_log_columns =
    std::to_array<std::string_view>({"migration_hash", "operation", "created_at_utc"});
constexpr auto k_version_columns = std::to_array<std::string_view>({"installed_at_utc", "version"});
constexpr auto k_lock_columns = std::to_array<std::string_view>({"ctime", "pid", "locked"});

constexpr std::string_view k_locks = R"sql(
SELECT 'it is locked by process ' || pid::pg_catalog.text AS trouble
FROM {table}
WHERE locked = 1
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "_yoyo_migration",
        .names = "*",
        .columns = k_columns,
        .entries = k_entries,
    },
    {.name = "_yoyo_log", .columns = k_log_columns},
    {.name = "_yoyo_version", .columns = k_version_columns},
    {.name = "yoyo_lock", .columns = k_lock_columns, .troubles = k_locks},
});

std::optional<std::string> key_of(const ProjectFile& file) {
  const bool is_python = file.ends_with(".py") && !file.name.starts_with("__");
  const bool is_sql = file.ends_with(".sql") && !file.ends_with(".rollback.sql");
  if ((!is_python && !is_sql) || file.name.starts_with("post-apply") || !may_be_migration(file))
    return std::nullopt;
  return std::string(file.stem());
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

constexpr auto k_signs = std::to_array<std::string_view>({"yoyo.ini"});

}  // namespace

const Tool k_yoyo = {
    .name = "yoyo",
    .tables = k_tables,
    .run = "yoyo apply",
    .signs = k_signs,
    .find = find,
};

}  // namespace pgmend::ledger::yoyo_books
