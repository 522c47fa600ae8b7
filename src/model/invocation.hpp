// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pgmend {

/// How this run was called, so that a command that is named to a person looks at the same database,
/// with the same source, filters and settings. All of it is quoted for a shell; no password is in
/// it.
struct Invocation {
  std::string connection = {};            // " --database postgresql://app@db/shop"
  std::string options = {};               // that and " --schema alembic: --table users"
  std::vector<std::string> allowed = {};  // what --allow said
  std::string of_many = {};               // "fleet ": goes before the commands that a fleet has
  bool lacks_password = false;            // one was given, and is left out
  /// How ensure and verify are called where it was no command line that called this run:
  /// "flask pgmend {command}", "pgmend.{command}(engine, Base.metadata)". Empty: it was one.
  std::string form = {};

  /// "pgmend ensure --schema alembic: --allow alter"
  std::string command(std::string_view name, const std::vector<std::string>& consents = {}) const;

  /// The same for words that name commands by their names alone, at their beginning, behind a
  /// colon, in backticks or in parentheses: "then: pgmend ensure". What is complete stays.
  std::string completed(const std::string& words) const;
};

}  // namespace pgmend
