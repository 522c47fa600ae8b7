// SPDX-License-Identifier: MIT
// Atlas: a row for each file by its version, in a schema of its own. What failed half-way has fewer
// statements applied than there are, and the error. A baseline stands for all files before it.
#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::atlas_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>(
    {"partial_hashes", "operator_version", "version", "description", "applied", "total"});

constexpr std::string_view k_entries = R"sql(
SELECT pg_catalog.concat_ws(' ', version, description)
         || CASE type WHEN 1 THEN ' (baseline)' WHEN 4 THEN ' (marked as applied)' ELSE '' END AS entry,
       CASE WHEN applied < total THEN NULL
            WHEN type = 1 THEN '<=' || version
            ELSE version END AS key
FROM {table}
WHERE version NOT LIKE '.%'
ORDER BY version DESC
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT version || ' failed: ' || applied::pg_catalog.text || ' of ' || total::pg_catalog.text
         || ' statements were applied' AS trouble
FROM {table}
WHERE applied < total
ORDER BY version
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({{
    .name = "atlas_schema_revisions",
    .names = "*",
    .columns = k_columns,
    .entries = k_entries,
    .troubles = k_troubles,
}});

std::optional<std::string> key_of(const ProjectFile& file) {
  if (!file.ends_with(".sql") || file.ends_with(".down.sql")) return std::nullopt;
  const auto stem = file.stem();
  return std::string(stem.substr(0, stem.find('_')));
}

/// Of folders that hold the sums of their files.
std::vector<MigrationFolder> find(const ProjectFiles& files) {
  std::set<std::string> sealed;
  for (const auto& file : files.all())
    if (file.name == "atlas.sum") sealed.insert(file.folder);
  return folders_of(files, [&](const ProjectFile& file) {
    return sealed.contains(file.folder) ? key_of(file) : std::nullopt;
  });
}

void hold(Ledger& ledger, const MigrationFolder& folder) {
  std::string baseline;
  for (const auto& key : ledger.keys)
    if (key.starts_with("<=")) baseline = std::max(baseline, key.substr(2));
  auto rest = folder;
  std::erase_if(rest.files, [&](const MigrationFile& file) { return file.key <= baseline; });
  hold_by_key(ledger, rest);
}

constexpr auto k_signs = std::to_array<std::string_view>({"atlas.hcl", "migrations/atlas.sum"});

}  // namespace

const Tool k_atlas = {
    .name = "Atlas",
    .tables = k_tables,
    .run = "atlas migrate apply --dir file://{folder} --url \"$DATABASE_URL\"",
    .signs = k_signs,
    .find = find,
    .hold = hold,
};

}  // namespace pgmend::ledger::atlas_books
