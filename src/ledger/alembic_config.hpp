// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// Where a project's Alembic keeps what (Alembic documentation, "Editing the .ini File" and "Using
/// pyproject.toml for configuration").
namespace pgmend::ledger {

struct AlembicConfig {
  std::string file;                             // as it is shown
  std::filesystem::path scripts;                // the folder that holds env.py
  std::vector<std::filesystem::path> versions;  // the folders of the revision files
  bool recursive = false;                       // their folders too
  std::optional<std::string> version_table;
  std::optional<std::string> version_table_schema;
};

/// Reads alembic.ini, or [tool.alembic] of a pyproject.toml. Relative paths are looked for in
/// `working_directory`, where Alembic is run. Nothing if the file names no script_location.
/// Throws std::runtime_error, whose message names the file.
std::optional<AlembicConfig> read_alembic_config(const std::filesystem::path& file,
                                                 const std::filesystem::path& working_directory);

/// The configuration that Alembic would find: what ALEMBIC_CONFIG names (`named`), else alembic.ini
/// or pyproject.toml in one of these folders, the first of which is where Alembic is run. Throws
/// std::runtime_error as above.
std::optional<AlembicConfig> find_alembic_config(const std::optional<std::string>& named,
                                                 const std::vector<std::filesystem::path>& folders);

}  // namespace pgmend::ledger
