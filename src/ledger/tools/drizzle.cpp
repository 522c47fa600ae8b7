// SPDX-License-Identifier: MIT
// Drizzle: a row for each migration with its file's digest and a time. Until 0.31 a journal holds
// the names, and what is older than the newest row is skipped without a word; since 1.0 there is a
// folder for each, without a journal, and the row has its name.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "ledger/tools.hpp"

namespace pgmend::ledger::drizzle_books {

namespace {

constexpr auto k_columns = std::to_array<std::string_view>({"hash", "created_at"});
constexpr auto k_named_columns =
    std::to_array<std::string_view>({"hash", "created_at", "name", "applied_at"});

constexpr std::string_view k_entries = R"sql(
SELECT created_at::pg_catalog.text AS entry
FROM {table}
ORDER BY created_at DESC
)sql";

constexpr std::string_view k_named_entries = R"sql(
SELECT COALESCE(name, created_at::pg_catalog.text) AS entry,
       name AS key
FROM {table}
ORDER BY created_at DESC, id DESC
)sql";

constexpr std::string_view k_names = "*drizzle*|*migration*";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "__drizzle_migrations",
        .names = k_names,
        .columns = k_named_columns,
        .entries = k_named_entries,
    },
    {
        .name = "__drizzle_migrations",
        .names = k_names,
        .columns = k_columns,
        .entries = k_entries,
    },
});

constexpr std::string_view k_journal = "_journal.json";

/// "drizzle" of "drizzle/meta".
std::string above(const std::string& folder) {
  const auto slash = folder.rfind('/');
  return slash == std::string::npos ? "." : folder.substr(0, slash);
}

/// Keys are times, in milliseconds, as the table has them.
MigrationFolder read_journal(const ProjectFile& file) {
  MigrationFolder folder{above(file.folder), {}};
  try {
    const auto journal = nlohmann::json::parse(ProjectFiles::text(file).value_or(""));
    for (const auto& entry : journal.at("entries"))
      folder.files.push_back({std::to_string(entry.at("when").get<long long>()),
                              entry.at("tag").get<std::string>(),
                              {file.shown(), 0, 0}});
  } catch (const nlohmann::json::exception& error) {
    folder.faults.push_back(fmt::format("{}: {}", file.shown(), error.what()));
  }
  return folder;
}

std::optional<std::string> key_of(const ProjectFile& file) {
  if (file.name != "migration.sql") return std::nullopt;
  const auto name = file.folder.substr(file.folder.rfind('/') + 1);
  return leading_number(name) ? std::optional(name) : std::nullopt;
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  auto folders = folders_of(files, key_of, 1);
  for (const auto& file : files.all())
    if (file.name == k_journal && file.folder.ends_with("meta"))
      folders.push_back(read_journal(file));
  return folders;
}

/// Digits without sign or leading zeros: the longer one is later.
bool is_later(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

void hold_journal(Ledger& ledger, const MigrationFolder& folder) {
  const auto rows = ledger.keys;
  for (auto& shown : ledger.recorded) {
    const auto file =
        std::find_if(folder.files.begin(), folder.files.end(),
                     [&](const MigrationFile& candidate) { return candidate.key == shown; });
    if (file != folder.files.end()) shown = file->shown;
  }
  for (const auto& file : folder.files) {
    if (std::find(rows.begin(), rows.end(), file.key) != rows.end()) continue;
    if (rows.empty() || is_later(file.key, rows.front()))
      ledger.pending.push_back(pending_revision(file));
    else
      ledger.troubles.push_back(
          fmt::format("{} was skipped: its time in {} is before that of the newest row", file.shown,
                      file.where.file));
  }
}

void hold(Ledger& ledger, const MigrationFolder& folder) {
  const bool is_journal =
      !folder.files.empty() && folder.files.front().where.file.ends_with(k_journal);
  if (is_journal)
    hold_journal(ledger, folder);
  else
    hold_by_key(ledger, folder);
}

constexpr auto k_signs =
    std::to_array<std::string_view>({"drizzle.config.ts", "drizzle.config.js",
                                     "drizzle.config.json", "drizzle/meta/_journal.json"});

}  // namespace

const Tool k_drizzle = {
    .name = "Drizzle",
    .tables = k_tables,
    .run = "npx drizzle-kit migrate",
    .signs = k_signs,
    .find = find,
    .hold = hold,
};

}  // namespace pgmend::ledger::drizzle_books
