// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/completion/shells.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

/// Inside '[...]' of a specification, which is in single quotes.
std::string escaped(std::string doc) {
  for (const auto* sign : {"\\", "[", "]", ":"})
    doc = text::replace_all(std::move(doc), sign, std::string("\\") + sign);
  return text::replace_all(std::move(doc), "'", "'\\''");
}

std::string action_of(const OptionDescription& option) {
  const auto words = text::join(option.words, " ");
  if (option.is_list) return fmt::format("_values -s , word {}", words);
  if (!option.words.empty()) return fmt::format("({})", words);
  return option.is_file ? "_files" : " ";
}

/// "'*--table=[only these tables]:NAME: '"
std::string specification(const OptionDescription& option) {
  const auto value = escaped(option.value);
  if (option.is_command) return fmt::format("'*::{}: _normal'", value);
  if (option.long_name.empty()) return fmt::format("'*:{}:{}'", value, action_of(option));
  const auto behind = option.value.empty() ? fmt::format("[{}]", escaped(option.doc))
                                           : fmt::format("[{}]:{}:{}", escaped(option.doc), value,
                                                         action_of(option));
  const auto* equals = option.value.empty() ? "" : "=";
  auto out = fmt::format("'*--{}{}{}'", option.long_name, equals, behind);
  if (!option.short_name.empty()) out += fmt::format(" '*-{}{}'", option.short_name, behind);
  return out;
}

}  // namespace

std::string zsh_completion(const ProgramDescription& program) {
  std::string commands;
  std::string cases;
  for (const auto& command : program.commands) {
    commands += fmt::format("        '{}:{}'\n", command.name, escaped(command.summary));
    cases += fmt::format("        {})\n          _arguments", command.name);
    for (const auto& option : command.options)
      cases += fmt::format(" \\\n            {}", specification(option));
    cases += "\n          ;;\n";
  }
  return fmt::format(R"(#compdef pgmend
# SPDX-License-Identifier: MIT
# zsh completion for pgmend, made by: pgmend completion zsh
_pgmend() {{
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C '--help[print the help]' '--version[print the version]' \
    '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands
      commands=(
{}      )
      _describe command commands
      ;;
    argument)
      case $words[1] in
{}      esac
      ;;
  esac
}}
if [[ $funcstack[1] == _pgmend ]]; then
  _pgmend "$@"
else
  compdef _pgmend pgmend
fi
)",
                     commands, cases);
}

}  // namespace pgmend::cli
