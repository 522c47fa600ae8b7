// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/declaration.hpp"
#include "model/spec_error.hpp"
#include "util/expand.hpp"

namespace pgmend::source {

/// A text in a spec, and where it stands.
struct YamlWord {
  std::string text;
  SourceLocation where;
};

/// A group of `members:`: schemas or databases that should all be the same (pgmend fleet), as it is
/// written. Whether what it says goes together is not looked at.
struct YamlMembers {
  std::string name;
  SourceLocation where;
  std::map<std::string, YamlWord> words;  // by key: schemas, databases, urls, map, like, database
  std::vector<std::string> except;
  std::vector<std::string> schema;  // sources; none: what the spec itself expects
  bool majority = false;
};

/// What pgmend.yaml says: the partial source, and a few settings beside it. It may hold only
/// settings: then it names no schema.
struct YamlSpec {
  Declarations declarations;
  std::optional<std::string> database;  // as written; variables not yet expanded
  SourceLocation database_where;
  std::vector<std::string> ignore;  // globs: "audit.*", "index:*_old"
  std::optional<std::string> role;  // that is acted as
  SourceLocation role_where;
  std::vector<YamlMembers> members;
  std::vector<YamlWord> with;             // what is compared only when asked for
  std::vector<std::string> schema_names;  // as --schema-name: what is looked at
  /// "users.score=length(email)", as --backfill says it.
  std::vector<YamlWord> backfills;
  std::vector<std::string> schema;  // sources that it names instead of stating a schema itself
};

/// Reads a spec. `sections` are all that may stand below a relation, and the one at the top. Throws
/// SpecError with every fault found, each with file, line and place.
YamlSpec parse_yaml(const std::string& text, const std::string& file,
                    std::span<const Section* const> sections);

/// Splits "schema.name"; a part in double quotes may hold dots. Names are taken as they are:
/// nothing is folded to lower case.
Name parse_relation_name(std::string_view text, const std::string& default_schema);

}  // namespace pgmend::source
