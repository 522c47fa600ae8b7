// SPDX-License-Identifier: MIT
// Liquibase: a row for each change set; a run that was killed leaves its lock behind, and the next
// one waits for it (Liquibase documentation, "DATABASECHANGELOG table", "DATABASECHANGELOGLOCK
// table"). One change set may come after another only by way of the changelog that takes in both.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "ledger/liquibase_changelogs.hpp"
#include "ledger/tools.hpp"
#include "util/text.hpp"

namespace pgmend::ledger::liquibase_books {

namespace {

constexpr auto k_columns =
    std::to_array<std::string_view>({"orderexecuted", "id", "author", "filename", "exectype"});

constexpr std::string_view k_entries = R"sql(
SELECT author || ':' || id
         || CASE exectype WHEN 'MARK_RAN' THEN ' (marked as ran, never run)'
                          WHEN 'EXECUTED' THEN '' WHEN 'RERAN' THEN ''
                          ELSE ' (' || pg_catalog.lower(exectype) || ')' END AS entry,
       CASE WHEN exectype IN ('EXECUTED', 'RERAN', 'MARK_RAN')
            THEN author || ':' || id || '@' || filename END AS key
FROM {table}
ORDER BY orderexecuted DESC
)sql";

constexpr std::string_view k_troubles = R"sql(
SELECT author || ':' || id || ' failed' AS trouble
FROM {table}
WHERE exectype = 'FAILED'
ORDER BY orderexecuted
)sql";

constexpr auto k_lock_columns =
    std::to_array<std::string_view>({"lockgranted", "locked", "lockedby", "id"});

constexpr std::string_view k_locks = R"sql(
SELECT 'it is locked by ' || COALESCE(lockedby, 'somebody') || ' since '
       || pg_catalog.to_char(lockgranted, 'YYYY-MM-DD HH24:MI') AS trouble
FROM {table}
WHERE locked
)sql";

constexpr auto k_tables = std::to_array<VersionTable>({
    {
        .name = "databasechangelog",
        .names = "*",
        .columns = k_columns,
        .entries = k_entries,
        .troubles = k_troubles,
    },
    {
        .name = "databasechangeloglock",
        .names = "*",
        .columns = k_lock_columns,
        .troubles = k_locks,
    },
});

/// The name of the file alone: what stands before it depends on where Liquibase was run.
std::string normal_path(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string normal(std::string_view key) {
  const auto at = key.rfind('@');
  return std::string(key.substr(0, at + 1)) + normal_path(key.substr(at + 1));
}

std::string key_of(const ChangeSet& set, const ProjectFile& file) {
  return fmt::format("{}:{}@{}", set.author, set.id,
                     set.path.empty() ? file.name : normal_path(set.path));
}

struct Log {
  const ProjectFile* file;
  Changelog changelog;
};

class Project {
 public:
  explicit Project(const ProjectFiles& files) {
    for (const auto& file : files.all()) {
      if (!may_be_changelog(file)) continue;
      const auto text = ProjectFiles::text(file);
      if (!text) continue;
      try {
        if (auto changelog = read_changelog(file.name, *text))
          m_logs.emplace(file.shown(), Log{&file, std::move(*changelog)});
      } catch (const std::runtime_error& error) {
        m_faults.push_back(fmt::format("{}: {}", file.shown(), error.what()));
      }
    }
    for (auto& [name, log] : m_logs) find_included(name, log);
  }

  /// By those that no other takes in.
  std::vector<MigrationFolder> folders() const {
    std::vector<MigrationFolder> folders;
    for (const auto& [name, log] : m_logs) {
      if (m_taken_in.contains(name)) continue;
      MigrationFolder folder{name, {}, m_faults};
      std::set<std::string> seen;
      gather(name, folder, seen);
      if (!folder.files.empty()) folders.push_back(std::move(folder));
    }
    return folders;
  }

 private:
  static bool may_be_changelog(const ProjectFile& file) {
    return file.ends_with(".xml") || file.ends_with(".yaml") || file.ends_with(".yml") ||
           file.ends_with(".json") || file.ends_with(".sql");
  }

  /// Where the name of what is taken in ends, in a path of the project.
  static bool is_at_end(const std::string& whole, const std::string& end) {
    return whole == end || whole.ends_with("/" + end);
  }

  void find_included(const std::string& name, const Log& log) {
    for (const auto& inclusion : log.changelog.inclusions) {
      auto path = text::replace_all(inclusion.path, "classpath:", "");
      while (path.starts_with('/') || path.starts_with("./"))
        path.erase(0, path.starts_with('/') ? 1 : 2);
      if (path.ends_with('/')) path.pop_back();
      if (inclusion.is_relative && !log.file->folder.empty()) path = log.file->folder + "/" + path;
      for (const auto& [other, one] : m_logs) {
        const auto& folder = one.file->folder;
        const bool is_in = is_at_end(folder, path) || folder.find(path + "/") != std::string::npos;
        if (other == name || !(inclusion.is_folder ? is_in : is_at_end(other, path))) continue;
        m_includes[name].push_back(other);
        m_taken_in.insert(other);
      }
    }
  }

  void gather(const std::string& name, MigrationFolder& folder, std::set<std::string>& seen) const {
    if (!seen.insert(name).second) return;
    const auto& [file, changelog] = m_logs.at(name);
    for (const auto& set : changelog.sets)
      if (!set.is_for_others)
        folder.files.push_back({key_of(set, *file),
                                fmt::format("{}:{}", set.author, set.id),
                                {name, set.line, 0},
                                {},
                                !set.is_optional});
    if (const auto found = m_includes.find(name); found != m_includes.end())
      for (const auto& other : found->second) gather(other, folder, seen);
  }

  std::map<std::string, Log> m_logs;
  std::map<std::string, std::vector<std::string>> m_includes;
  std::set<std::string> m_taken_in;
  std::vector<std::string> m_faults;
};

std::vector<MigrationFolder> find(const ProjectFiles& files) {
  return Project(files).folders();
}

void hold(Ledger& ledger, const MigrationFolder& folder) {
  const std::set<std::string> recorded(ledger.keys.begin(), ledger.keys.end());
  std::size_t optional = 0;
  for (const auto& file : folder.files) {
    if (recorded.contains(file.key)) continue;
    if (file.is_certain)
      ledger.pending.push_back(pending_revision(file));
    else
      ++optional;
  }
  if (optional > 0)
    ledger.notes.push_back(
        fmt::format("{} of some contexts or labels not run", text::count(optional, "change set")));
}

constexpr auto k_signs = std::to_array<std::string_view>({"liquibase.properties"});

}  // namespace

const Tool k_liquibase = {
    .name = "Liquibase",
    .tables = k_tables,
    .run = "liquibase update",
    .signs = k_signs,
    .find = find,
    .hold = hold,
    .normal = normal,
};

}  // namespace pgmend::ledger::liquibase_books
