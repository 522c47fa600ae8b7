// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "cli/options.hpp"

/// What the program and its commands are called, and what is said of them: for --help and whatever
/// else is made from it.
namespace pgmend::cli {

/// Each command's one line, its examples, and which groups of options it takes.
struct CommandInfo {
  Command command;
  const char* name;
  const char* summary;
  const char* examples;
  bool checks;   // takes a spec and filters
  bool repairs;  // takes consents
};

std::span<const CommandInfo> command_table();

extern const char* const k_description;
extern const char* const k_footer;
extern const char* const k_consents;  // behind the examples of commands that repair

}  // namespace pgmend::cli
