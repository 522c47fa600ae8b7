// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/completion/shells.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

constexpr const char* k_head = R"(# SPDX-License-Identifier: MIT
# bash completion for pgmend, made by: pgmend completion bash
# shellcheck disable=SC2207
_pgmend() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local command='' words='' list='' files='' behind='' i
  # "=" separates words here: --color=al is three of them.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ -z $command && ${COMP_WORDS[i]} != -* ]]; then command=${COMP_WORDS[i]}; fi
    if [[ ${COMP_WORDS[i]} == -- ]]; then behind=$((COMP_CWORD - i)); break; fi
  done
  COMPREPLY=()
  if [[ $command == migrate && $behind == 1 ]]; then
    COMPREPLY=($(compgen -c -- "$cur"))
    return
  elif [[ -n $behind ]]; then
    files=1
  else
    case $command:$prev in
)";

constexpr const char* k_tail = R"(      *)
        if [[ $cur == -* ]]; then
          case $command in
{}          esac
        else
          case $command in
{}          esac
        fi
        ;;
    esac
  fi
  if [[ -n $files ]]; then
    local IFS=$'\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
  if [[ -n $words ]]; then
    local before=''
    if [[ -n $list && $cur == *,* ]]; then before=${{cur%,*}},; fi
    COMPREPLY+=($(compgen -P "$before" -W "$words" -- "${{cur#"$before"}}"))
  fi
}}
complete -F _pgmend pgmend
)";

std::string setting_of(const OptionDescription& option) {
  std::string out;
  if (!option.words.empty()) out += fmt::format(" words='{}'", text::join(option.words, " "));
  if (option.is_list) out += " list=1";
  if (option.is_file) out += " files=1";
  return out.empty() ? " :" : out;
}

std::string names_of(const std::string& command, const OptionDescription& option) {
  auto names = fmt::format("{}:--{}", command, option.long_name);
  if (!option.short_name.empty()) names += fmt::format(" | {}:-{}", command, option.short_name);
  return text::replace_all(names, " | ", "|");
}

}  // namespace

std::string bash_completion(const ProgramDescription& program) {
  std::string values;
  std::string flags;
  std::string arguments;
  std::vector<std::string> commands;
  for (const auto& command : program.commands) {
    commands.push_back(command.name);
    std::vector<std::string> names;
    for (const auto& option : command.options) {
      if (option.long_name.empty()) {
        arguments += fmt::format("            {}){} ;;\n", command.name, setting_of(option));
        continue;
      }
      names.push_back("--" + option.long_name);
      if (!option.value.empty())
        values +=
            fmt::format("      {}){} ;;\n", names_of(command.name, option), setting_of(option));
    }
    flags += fmt::format("            {}) words='{}' ;;\n", command.name, text::join(names, " "));
  }
  flags += "            '') words='--help --version' ;;\n";
  arguments += fmt::format("            '') words='{}' ;;\n", text::join(commands, " "));
  return k_head + values + fmt::format(k_tail, flags, arguments);
}

}  // namespace pgmend::cli
