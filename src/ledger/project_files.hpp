// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The files of a project in which migrations may lie.
namespace pgmend::ledger {

struct ProjectFile {
  std::filesystem::path path;  // to open it
  std::string folder;          // as it is shown, such as "db/migrate"; empty: the project's own
  std::string name;            // "20240101_users.rb"

  std::string shown() const { return folder.empty() ? name : folder + "/" + name; }
  /// Without what follows the last full stop.
  std::string_view stem() const;
  bool ends_with(std::string_view end) const { return name.ends_with(end); }
};

/// All of them are looked through at the first question, the nearest first, and not without end:
/// what packages, builds and tests hold is left out.
class ProjectFiles {
 public:
  /// The first one is where the tools are run.
  explicit ProjectFiles(std::vector<std::filesystem::path> folders);

  const std::vector<ProjectFile>& all() const;
  /// Folders that could not be looked into, as they are shown.
  const std::vector<std::string>& unreadable() const;
  /// Whether there is a file of this name, found without looking through all.
  bool has(std::string_view name) const;
  /// What is in the file of this name, likewise.
  std::optional<std::string> text_of(std::string_view name) const;
  /// Its beginning, which is all of any migration; nothing if it cannot be read.
  static std::optional<std::string> text(const ProjectFile& file);

 private:
  struct Found {
    std::vector<ProjectFile> files;
    std::vector<std::string> unreadable;
  };
  const Found& found() const;

  std::vector<std::filesystem::path> m_folders;
  mutable std::optional<Found> m_found;
};

}  // namespace pgmend::ledger
