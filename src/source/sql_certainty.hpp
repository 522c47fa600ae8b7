// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "source/sql_files.hpp"

namespace pgmend::source {

/// What runs while a script is loaded. Most statements only say what is to be made: the same is
/// made at any time. Those that run code (DO, SELECT, CALL …) may look at a clock, at files or at
/// whatever else is different next time.
struct RunningCode {
  bool is_known = true;         // false: it is not told by the text what runs
  std::set<std::string> words;  // in lower case: all that may be the name of what is called
};
/// `rows_too`: INSERT and the like were not skipped.
RunningCode running_code(const SqlScript& script, bool rows_too = false);

/// Words of which one may call what is different next time: `$1`, a text[], holds the words. One
/// row: whether there is any.
extern const char* const k_is_fickle;

}  // namespace pgmend::source
