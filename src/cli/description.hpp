// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

/// What the command line understands, read off the very parser: for the manual page and the shells.
namespace pgmend::cli {

struct OptionDescription {
  std::string long_name;  // without the hyphens; empty for what stands by itself (SOURCE)
  std::string short_name;
  std::string value;  // "TIME"; empty for flags
  std::string doc;
  std::vector<std::string> words;  // what the value can be, where that is known
  bool is_list = false;            // of such words, joined by commas
  bool is_file = false;            // the value names a file, or may
  bool is_command = false;         // a command line of its own: migrate's
};

struct CommandDescription {
  std::string name;
  std::string summary;
  std::string footer;  // examples, and what else there is to say
  std::vector<OptionDescription> options;
};

struct ProgramDescription {
  std::string summary;
  std::string footer;
  std::vector<CommandDescription> commands;
};

ProgramDescription describe();

}  // namespace pgmend::cli
