// SPDX-License-Identifier: MIT
// sqitch: a registry in a schema of its own, with a row for each change that is deployed. Its plan
// is one file; a change that was reworked stands there twice under one name. What a script that
// failed has left is nowhere recorded, that it failed is.
#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <string>

#include "ledger/tools.hpp"
#include "util/text.hpp"

namespace pgmend::ledger::sqitch_books {

namespace {

constexpr auto k_columns =
    std::to_array<std::string_view>({"script_hash", "change_id", "planner_email", "project"});
constexpr auto k_event_columns =
    std::to_array<std::string_view>({"committer_email", "event", "change_id", "project"});
constexpr auto k_tag_columns =
    std::to_array<std::string_view>({"tag_id", "change_id", "planner_email"});
constexpr auto k_dependency_columns =
    std::to_array<std::string_view>({"dependency_id", "change_id", "dependency", "type"});
constexpr auto k_project_columns =
    std::to_array<std::string_view>({"creator_email", "project", "uri"});
constexpr auto k_release_columns =
    std::to_array<std::string_view>({"installer_email", "version", "installer_name"});

constexpr std::string_view k_entries = R"sql(
SELECT project || ':' || change AS entry,
       project || ':' || change || '#'
         || pg_catalog.row_number() OVER (PARTITION BY project, change
                                          ORDER BY committed_at)::pg_catalog.text AS key
FROM {table}
ORDER BY committed_at DESC
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT project || ':' || change || ' failed' AS trouble
FROM (SELECT DISTINCT ON (change_id) project, change, event, committed_at
      FROM {table}
      ORDER BY change_id, committed_at DESC) last
WHERE event = 'fail'
ORDER BY committed_at
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {.name = {}, .names = "changes", .columns = k_columns, .entries = k_entries},
    {.name = {}, .names = "events", .columns = k_event_columns, .troubles = k_troubles},
    {.name = {}, .names = "tags", .columns = k_tag_columns},
    {.name = {},
     .names = "dependencies",
     .columns = k_dependency_columns,
     .has_no_other_columns = true},
    {.name = {}, .names = "projects", .columns = k_project_columns},
    {.name = {}, .names = "releases", .columns = k_release_columns},
});

/// A line is a pragma (%), a tag (@), or a change with the names that it needs in brackets.
MigrationFolder read_plan(const ProjectFile& file, const std::string& text) {
  MigrationFolder folder{file.shown(), {}};
  std::string project;
  std::map<std::string, int> times;
  int number = 0;
  for (const auto whole : text::split(text, '\n')) {
    ++number;
    const auto line = text::trim(whole.substr(0, whole.find('#')));
    if (line.starts_with("%project=")) project = std::string(line.substr(9));
    if (line.empty() || line.starts_with('%') || line.starts_with('@')) continue;
    const auto name = std::string(line.substr(0, line.find_first_of(" \t[")));
    folder.files.push_back(
        {fmt::format("{}:{}#{}", project, name, ++times[name]), name, {file.shown(), number, 0}});
  }
  return folder;
}

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  std::vector<MigrationFolder> folders;
  for (const auto& file : files.all()) {
    if (!file.ends_with(".plan")) continue;
    const auto text = ProjectFiles::text(file);
    if (text && text->find("%project=") != std::string::npos)
      folders.push_back(read_plan(file, *text));
  }
  return folders;
}

constexpr auto k_signs = std::to_array<std::string_view>({"sqitch.plan", "sqitch.conf"});

}  // namespace

const Tool k_sqitch = {
    .name = "sqitch",
    .tables = k_tables,
    .run = "sqitch deploy",
    .signs = k_signs,
    .find = find,
    .owns_schema = true,
};

}  // namespace pgmend::ledger::sqitch_books
