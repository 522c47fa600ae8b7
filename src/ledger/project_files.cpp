// SPDX-License-Identifier: MIT
#include "ledger/project_files.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <stdexcept>
#include <system_error>

#include "util/file.hpp"

namespace pgmend::ledger {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_most_files = 50000;
constexpr int k_deepest = 10;

/// Of others, made, or made up.
constexpr auto k_passed_over = std::to_array<std::string_view>(
    {"node_modules", "vendor", "venv", "env", "site-packages", "__pycache__", "target", "build",
     "obj", "deps", "_build", "test", "tests", "testdata", "fixtures"});

bool is_passed_over(const std::string& name) {
  return name.starts_with('.') ||
         std::find(k_passed_over.begin(), k_passed_over.end(), name) != k_passed_over.end();
}

struct Folder {
  fs::path path;
  std::string shown;
  int depth = 0;
};

/// A home or a whole machine is no project.
bool may_be_project(const fs::path& folder) {
  std::error_code error;
  const auto path = fs::canonical(folder, error);
  return !error && path.has_relative_path();
}

}  // namespace

std::string_view ProjectFile::stem() const {
  const std::string_view whole = name;
  return whole.substr(0, whole.rfind('.'));
}

ProjectFiles::ProjectFiles(std::vector<fs::path> folders) : m_folders(std::move(folders)) {}

const ProjectFiles::Found& ProjectFiles::found() const {
  if (m_found) return *m_found;
  Found result;
  std::deque<Folder> open;
  for (const auto& folder : m_folders)
    if (may_be_project(folder)) open.push_back({folder, "", 0});
  for (; !open.empty() && result.files.size() < k_most_files; open.pop_front()) {
    const auto& folder = open.front();
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator next(folder.path, error), end; !error && next != end;
         next.increment(error))
      entries.push_back(*next);
    if (error) result.unreadable.push_back(folder.shown.empty() ? "." : folder.shown);
    std::sort(entries.begin(), entries.end());
    for (const auto& entry : entries) {
      auto name = entry.path().filename().string();
      std::error_code unknown;
      if (entry.is_symlink(unknown) && entry.is_directory(unknown)) continue;
      if (entry.is_directory(unknown)) {
        if (folder.depth < k_deepest && !is_passed_over(name))
          open.push_back({entry.path(), folder.shown.empty() ? name : folder.shown + "/" + name,
                          folder.depth + 1});
      } else if (entry.is_regular_file(unknown)) {
        result.files.push_back({entry.path(), folder.shown, std::move(name)});
      }
    }
  }
  return m_found.emplace(std::move(result));
}

const std::vector<ProjectFile>& ProjectFiles::all() const {
  return found().files;
}

const std::vector<std::string>& ProjectFiles::unreadable() const {
  return found().unreadable;
}

bool ProjectFiles::has(std::string_view name) const {
  return std::any_of(m_folders.begin(), m_folders.end(), [&](const fs::path& folder) {
    std::error_code error;
    return fs::is_regular_file(folder / name, error);
  });
}

std::optional<std::string> ProjectFiles::text_of(std::string_view name) const {
  for (const auto& folder : m_folders)
    if (auto found = text({folder / name, "", std::string(name)})) return found;
  return std::nullopt;
}

std::optional<std::string> ProjectFiles::text(const ProjectFile& file) {
  constexpr std::size_t k_most = 4 << 20;
  try {
    return file::read_if_exists(file.path, k_most);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

}  // namespace pgmend::ledger
