// SPDX-License-Identifier: MIT
// goose: a row for each step up and down; what counts for a version is its last one. What a
// migration without a transaction leaves when it fails is nowhere recorded.
#include <array>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::goose_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"is_applied", "version_id", "tstamp"});

constexpr std::string_view k_entries = R"sql(
SELECT version_id::pg_catalog.text AS entry
FROM (SELECT DISTINCT ON (version_id) version_id, is_applied
      FROM {table}
      ORDER BY version_id, id DESC) last
WHERE is_applied AND version_id > 0
ORDER BY version_id DESC
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "goose_db_version",
    .names = "*",
    .columns = k_columns,
    .entries = k_entries,
}});

std::optional<std::string> key_of(const ProjectFile& file) {
  const auto number = leading_number(file.name);
  const bool is_code = file.ends_with(".go") && !file.ends_with("_test.go");
  if (!number || (!is_code && !file.ends_with(".sql"))) return std::nullopt;
  if (file.ends_with(".up.sql") || file.ends_with(".down.sql")) return std::nullopt;
  return plain_number(*number);
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return folders_of(files, key_of);
}

}  // namespace

const Tool k_goose = {
    .name = "goose",
    .tables = k_tables,
    .run = "goose -dir {folder} up",
    .find = find,
    .normal = plain_number,
};

}  // namespace pgmend::ledger::goose_books
