// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "app/database/backfill.hpp"
#include "app/database/locate_database.hpp"
#include "app/database/member_group.hpp"
#include "model/declaration.hpp"
#include "model/spec_error.hpp"

namespace pgmend::app {

/// A spec file, and the settings it holds.
struct Project {
  Declarations declarations;
  std::vector<std::string> ignore;
  std::optional<DatabaseSearch::Labelled> database;
  std::optional<DatabaseSearch::Labelled> role = {};
  std::set<std::string> with = {};  // what is compared only when asked for: Kind::asked_for
  SourceLocation with_where = {};
  std::vector<std::string> sources = {};  // `schema:`, paths as seen from the working directory
  std::vector<MemberGroup> members = {};
  std::vector<std::string> schema_names = {};
  std::vector<Backfill> backfills = {};
  std::filesystem::path folder = ".";  // that the spec stands in

  /// It names tables or sources, and not only settings.
  bool names_schema() const { return !sources.empty() || !declarations.relations.empty(); }
};

/// The name of the spec that is looked for.
inline constexpr const char* k_spec_name = "pgmend.yaml";

/// Every section that a spec may have.
std::vector<const Section*> all_sections();
/// One that is known to be there.
const Section* find_section(std::string_view name);

/// A relation's name as a spec writes it: "name", which stands for public.name, or "schema.name".
Name relation_name(const std::string& text);

/// The spec in `folder` or the nearest folder above it; nothing if there is none.
std::optional<std::filesystem::path> find_spec(const std::filesystem::path& folder);

/// The spec found from the working directory, or nothing but defaults. Throws SpecError.
Project nearest_project();

/// Loads the spec: `option` (--schema), or the one found from the working directory. Throws
/// SpecError.
Project load_project(const std::optional<std::string>& option);

}  // namespace pgmend::app
