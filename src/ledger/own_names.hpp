// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/project_files.hpp"
#include "ledger/tools.hpp"

/// Names that a project's configuration gives to version tables: of tools whose tables have columns
/// that those of an application may have as well, so that their names have to be known.
namespace pgmend::ledger {

struct OwnName {
  const Tool* tool;
  std::string name;  // without its schema
};

/// Whether the project gives this name to that tool's table of migrations.
bool is_own_name(const Tool& tool, const VersionTable& form, std::string_view name,
                 const std::vector<OwnName>& own);

/// Looks into few files at their usual places.
std::vector<OwnName> own_names(const ProjectFiles& files);

/// The text that a setting is given, in JSON, YAML, TOML, a shell's file, or code of almost any
/// language: `key: "text"`, `KEY=text`, `'key' => 'text'`. Nothing if it has to be computed.
std::optional<std::string> plain_setting(std::string_view text, std::string_view key);

}  // namespace pgmend::ledger
