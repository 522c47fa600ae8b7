// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/alembic_config.hpp"
#include "ledger/deeds.hpp"
#include "model/ledger.hpp"

namespace pgmend::ledger {

/// A revision file.
struct Script {
  Revision revision;
  Deeds deeds;
};

/// A project's revision files and what its env.py tells, read without running anything.
struct AlembicScripts {
  std::string folder;  // as it is shown
  std::vector<Script> scripts;
  std::vector<std::string> faults;  // files that cannot be read: "file:line: what"
  std::optional<std::string> version_table;
  std::optional<std::string> version_table_schema;
  /// Where env.py runs a statement before context.configure(): SQLAlchemy 2 then takes the
  /// transaction for the caller's, and Alembic commits nothing.
  std::optional<SourceLocation> early_statement;
};

/// Never throws for what is in the files: that is in `faults`.
AlembicScripts read_alembic_scripts(const AlembicConfig& config,
                                    const std::filesystem::path& working_directory);

}  // namespace pgmend::ledger
