// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "support/temp_folder.hpp"
#include "util/subprocess.hpp"

/// A guide in Markdown whose commands and outputs are true, because they are run and compared.
///
///   ```console              commands, and what they print on stdout and stderr
///   $ pgmend verify         all blocks are one session: cd, export and $? carry over
///   > --quiet               a line that begins like this directly below a command continues it
///   expected output         compared line by line; a line `...` stands for any number of lines
///   ```
///
/// Any other block is a file that is written at that point, if the line above it ends in the name,
/// such as "Write `pgmend.yaml`:", or if its first line is "-- file: name.sql" (which is part of
/// the file). Blocks that are neither are not looked at.
namespace pgmend::test::guide {

struct Step {
  enum class Sort { command, file };

  Sort sort = Sort::command;
  std::size_t line = 0;             // where it stands in the guide
  std::string text;                 // the command, or the content of the file
  std::string file;                 // its name
  std::vector<std::string> output;  // what the command should print
};

/// Throws std::runtime_error with the line for a block without end, and for output that stands
/// before the first command of its block.
std::vector<Step> parse(const std::string& markdown);

/// What varies from machine to machine and run to run, and nothing else:
///  - in pgmend's line "database: NAME on SERVER as USER, PostgreSQL VERSION (from …)", server,
///  user
///    and version; as their lengths vary, so does where that line is broken, which is undone;
///  - durations: "12 ms", "0.3 s".
std::vector<std::string> normalised(const std::vector<std::string>& lines);

/// Runs all of it in `folder`. One text for each command whose output is not as the guide says, or
/// for what is wrong with the guide; a guide without any command is wrong.
std::vector<std::string> problems(const std::string& markdown, const TempFolder& folder,
                                  const subprocess::Environment& environment);

}  // namespace pgmend::test::guide
