// SPDX-License-Identifier: MIT
#include "ledger/migration_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

constexpr std::string_view k_digits = "0123456789";

/// Numbers by their value, all else by its letters.
bool comes_before(const MigrationFile& a, const MigrationFile& b) {
  const auto number = [](const std::string& key) {
    return plain_number(std::string_view(key).substr(0, key.find_first_not_of(k_digits)));
  };
  const auto first = number(a.key);
  const auto second = number(b.key);
  if (first.size() != second.size()) return first.size() < second.size();
  return first != second ? first < second : a.key < b.key;
}

std::string folder_above(std::string folder, int up) {
  for (; up > 0; --up) {
    const auto slash = folder.rfind('/');
    folder.erase(slash == std::string::npos ? 0 : slash);
  }
  return folder;
}

std::size_t number_recorded(const MigrationFolder& folder, const std::set<std::string>& keys) {
  return static_cast<std::size_t>(
      std::count_if(folder.files.begin(), folder.files.end(),
                    [&](const MigrationFile& file) { return keys.contains(file.key); }));
}

}  // namespace

std::vector<MigrationFolder> folders_of(const ProjectFiles& files, const KeyOf& key_of, int up) {
  std::map<std::string, std::map<std::string, MigrationFile>> found;
  for (const auto& file : files.all())
    if (auto key = key_of(file)) {
      auto shown = up == 0 ? file.name : file.folder.substr(file.folder.rfind('/') + 1);
      found[folder_above(file.folder, up)].try_emplace(
          *key, MigrationFile{*key, std::move(shown), {file.shown(), 0, 0}});
    }
  std::vector<MigrationFolder> folders;
  for (auto& [name, by_key] : found) {
    auto& folder = folders.emplace_back(MigrationFolder{name.empty() ? "." : name, {}});
    for (auto& [key, file] : by_key) folder.files.push_back(std::move(file));
    std::sort(folder.files.begin(), folder.files.end(), comes_before);
  }
  return folders;
}

std::optional<std::string> leading_number(std::string_view name, std::string_view end) {
  const auto length = name.find_first_not_of(k_digits);
  if (length == 0 || length == std::string_view::npos || !name.substr(length).starts_with(end))
    return std::nullopt;
  return std::string(name.substr(0, length));
}

std::string plain_number(std::string_view digits) {
  const auto start = digits.find_first_not_of('0');
  return start == std::string_view::npos ? "0" : std::string(digits.substr(start));
}

bool may_be_migration(const ProjectFile& file) {
  return leading_number(file.name, "") ||
         text::to_lower(file.folder.substr(file.folder.rfind('/') + 1)).find("migration") !=
             std::string::npos;
}

std::optional<std::string> script_key(const ProjectFile& file) {
  static constexpr auto k_endings =
      std::to_array<std::string_view>({".js", ".ts", ".cjs", ".mjs", ".cts", ".mts"});
  const bool is_script = std::any_of(k_endings.begin(), k_endings.end(),
                                     [&](std::string_view end) { return file.ends_with(end); });
  const auto stem = file.stem();
  if (!is_script || stem.ends_with(".d") || stem == "index" || !may_be_migration(file))
    return std::nullopt;
  return std::string(stem);
}

const MigrationFolder* choose_folder(const std::vector<MigrationFolder>& folders,
                                     const std::vector<std::string>& keys, Ledger& ledger) {
  const std::set<std::string> recorded(keys.begin(), keys.end());
  const MigrationFolder* best = nullptr;
  std::size_t most = 0;
  for (const auto& folder : folders) {
    const auto number = number_recorded(folder, recorded);
    const bool is_better =
        number > most || (best && number == most && folder.files.size() > best->files.size());
    if (number > 0 && is_better) {
      best = &folder;
      most = number;
    }
  }
  if (best || folders.empty()) return best;
  if (folders.size() == 1 && keys.empty()) return &folders.front();
  if (folders.size() == 1)
    ledger.notes.push_back(fmt::format("none of these is in {}", folders.front().name));
  else if (keys.empty())
    ledger.notes.push_back(
        fmt::format("its migrations may be in {} or in {}", folders[0].name, folders[1].name));
  return nullptr;
}

Revision pending_revision(const MigrationFile& file) {
  return {file.shown, "", {}, {}, {}, file.where};
}

void hold_by_key(Ledger& ledger, const MigrationFolder& folder) {
  const std::set<std::string> recorded(ledger.keys.begin(), ledger.keys.end());
  for (const auto& file : folder.files)
    if (!recorded.contains(file.key)) ledger.pending.push_back(pending_revision(file));
}

void hold_by_level(Ledger& ledger, const MigrationFolder& folder) {
  const auto level = ledger.keys.empty() ? std::string("0") : ledger.keys.front();
  for (const auto& file : folder.files)
    if (file.key.size() != level.size() ? file.key.size() > level.size() : file.key > level)
      ledger.pending.push_back(pending_revision(file));
}

}  // namespace pgmend::ledger
