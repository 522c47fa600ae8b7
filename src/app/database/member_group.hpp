// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/database/locate_database.hpp"
#include "model/object.hpp"
#include "model/spec_error.hpp"

namespace pgmend::app {

/// Schemas or databases that should all be the same, as `members:` of a spec or the command line
/// names them.
struct MemberGroup {
  std::string name;
  SourceLocation where;  // in the spec; no file: the command line names them
  std::optional<std::string> schemas;
  std::optional<std::string> databases;
  std::optional<std::string> urls;
  std::vector<std::string> except;
  std::vector<std::string> sources;  // paths as seen from the working directory
  std::optional<std::string> map;
  std::optional<std::string> like;
  bool majority = false;
  std::optional<DatabaseSearch::Labelled> database;  // none: the spec's
};

/// What it says that does not go together, in the words of where it stands.
std::optional<Fault> fault_of(const MemberGroup& group);

}  // namespace pgmend::app
