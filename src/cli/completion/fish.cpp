// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/completion/shells.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

std::string quoted(std::string text) {
  text = text::replace_all(std::move(text), "\\", "\\\\");
  return fmt::format("'{}'", text::replace_all(std::move(text), "'", "\\'"));
}

std::string values_of(const OptionDescription& option) {
  const auto words = text::join(option.words, " ");
  if (option.is_list) return fmt::format(" -x -a '(__fish_append , {})'", words);
  if (!option.words.empty())
    return fmt::format(" {} -a {}", option.is_file ? "-r -F" : "-x", quoted(words));
  if (option.is_file) return " -r -F";
  return option.value.empty() ? "" : " -x";
}

std::string line_of(const std::string& condition, const OptionDescription& option) {
  auto line = fmt::format("complete -c pgmend -n {}", quoted(condition));
  if (option.is_command) return line + " -F -a '(__fish_complete_command)' -d command\n";
  if (option.long_name.empty()) {
    if (!option.words.empty()) return line + " -a " + quoted(text::join(option.words, " ")) + "\n";
    return line + " -F\n";
  }
  line += " -l " + option.long_name;
  if (!option.short_name.empty()) line += " -s " + option.short_name;
  return fmt::format("{}{} -d {}\n", line, values_of(option), quoted(option.doc));
}

}  // namespace

std::string fish_completion(const ProgramDescription& program) {
  std::string out =
      "# SPDX-License-Identifier: MIT\n"
      "# fish completion for pgmend, made by: pgmend completion fish\n"
      "complete -c pgmend -f\n"
      "complete -c pgmend -n __fish_use_subcommand -l help -s h -d 'print the help'\n"
      "complete -c pgmend -n __fish_use_subcommand -l version -d 'print the version'\n";
  for (const auto& command : program.commands) {
    out += fmt::format("complete -c pgmend -n __fish_use_subcommand -a {} -d {}\n", command.name,
                       quoted(command.summary));
    const auto condition = "__fish_seen_subcommand_from " + command.name;
    for (const auto& option : command.options) out += line_of(condition, option);
  }
  return out;
}

}  // namespace pgmend::cli
