// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "source/sql_script.hpp"

namespace pgmend::source {

/// SQL files as one list of statements: includes are in their places, psql's own commands are
/// done, and what cannot be done is refused.
struct SqlScript {
  std::string name;                   // for people: "schema.sql"
  std::vector<ScriptItem> items;      // statements, and `\copy` where data was skipped
  std::vector<std::size_t> sessions;  // where in `items` a new file begins, with fresh settings
  std::vector<std::string> notes;     // for people
  struct File {
    std::string path;
    std::string digest;  // of what was in it (util/cache_folder.hpp)
  };
  std::vector<File> files = {};  // that were read
};

/// Reads a file, a folder (its .sql files in the order of their paths) or `-` for stdin. Throws
/// SpecError: there is no such file, it is not text, an include goes in a circle, a command of
/// psql's that cannot be done here.
SqlScript read_sql(const std::string& source);

/// The files that a source names by itself: those in the folder, or the one. What they include is
/// told only by reading them.
std::vector<std::string> files_of(const std::string& source);

/// The same for a text at hand; `name` stands for its file.
SqlScript read_sql_text(const std::string& text, const std::string& name);

}  // namespace pgmend::source
