// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What Liquibase's changelogs hold, in any of their four languages, as far as telling what is to
/// run takes.
namespace pgmend::ledger {

struct ChangeSet {
  std::string id;
  std::string author;
  std::string path;            // logicalFilePath, its own or the changelog's; may be empty
  bool is_optional = false;    // it has contexts or labels: the command decides whether it runs
  bool is_for_others = false;  // for other databases than PostgreSQL, or left out
  int line = 0;
};

/// What one changelog takes in: a file, or all of a folder.
struct Inclusion {
  std::string path;
  bool is_relative = false;  // to the changelog itself
  bool is_folder = false;
};

struct Changelog {
  std::vector<ChangeSet> sets;
  std::vector<Inclusion> inclusions;
};

/// Nothing if the text of a file of this name is no changelog. Throws std::runtime_error for one
/// that cannot be read.
std::optional<Changelog> read_changelog(std::string_view file_name, std::string_view text);

}  // namespace pgmend::ledger
