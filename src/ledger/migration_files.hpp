// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/project_files.hpp"
#include "model/ledger.hpp"

/// The migrations that the files of a project hold, and what a version table says of them.
namespace pgmend::ledger {

struct MigrationFile {
  std::string key;    // what the version table has of it
  std::string shown;  // what people know it by
  SourceLocation where;
  std::vector<std::string> replaces = {};  // keys of those that it stands for
  bool is_certain = true;                  // that it is to run at all; otherwise only rows tell
};

/// Those that are run together, in the order in which they are.
struct MigrationFolder {
  std::string name;  // as it is shown
  std::vector<MigrationFile> files;
  /// Why it cannot be told which of them are to run.
  std::vector<std::string> faults = {};
  std::vector<std::string> notes = {};
};

/// The key of the migration that a file is; nothing if it is none.
using KeyOf = std::function<std::optional<std::string>(const ProjectFile&)>;

/// One for each folder that holds any; `up`: that many folders above the file's own.
std::vector<MigrationFolder> folders_of(const ProjectFiles& files, const KeyOf& key_of, int up = 0);

/// The number that a name begins with, up to `end`: "0007" of "0007_users.sql". Nothing if there is
/// none, or something else in front of `end`.
std::optional<std::string> leading_number(std::string_view name, std::string_view end = "_");

/// Without leading zeros.
std::string plain_number(std::string_view digits);

/// The stem of a migration that is written in JavaScript or one of its dialects: of a file in a
/// folder of migrations, or with a number in front.
std::optional<std::string> script_key(const ProjectFile& file);

/// Whether the file may be a migration by where it stands or what it is called.
bool may_be_migration(const ProjectFile& file);

/// The folder whose migrations these rows are; nothing if that cannot be told: the reason is among
/// the ledger's notes. By `keys`, what is recorded as applied.
const MigrationFolder* choose_folder(const std::vector<MigrationFolder>& folders,
                                     const std::vector<std::string>& keys, Ledger& ledger);

/// What is not recorded is pending.
void hold_by_key(Ledger& ledger, const MigrationFolder& folder);
/// The one number that is recorded stands for all that come before it.
void hold_by_level(Ledger& ledger, const MigrationFolder& folder);

Revision pending_revision(const MigrationFile& file);

}  // namespace pgmend::ledger
