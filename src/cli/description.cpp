// SPDX-License-Identifier: MIT
#include "cli/description.hpp"

#include <algorithm>

#include "app/explain/explain.hpp"
#include "cli/build_app.hpp"
#include "cli/command_table.hpp"
#include "cli/completion/shells.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

struct Words {
  std::vector<std::string> words;
  bool is_list = false;
};

std::vector<std::string> formats() {
  std::vector<std::string> names;
  for (const auto& format : app::formats()) names.emplace_back(format.name);
  return names;
}

/// The words that the option's value can be. A test gives each of them to the parser.
Words words_of(const std::string& option, const std::string& command) {
  if (option == "color") return {{"auto", "always", "never"}};
  if (option == "allow") return {{"alter", "replace", "rewrite", "drop"}, true};
  if (option == "with") return {{"owners", "privileges"}, true};
  if (option == "kind") return {app::kind_names(), true};
  if (option == "format") return {formats()};
  if (option == "scratch" && command != "diff" && command != "compile") return {{"target"}};
  if (option.empty() && command == "explain") return {app::topics()};
  if (option.empty() && command == "completion") return {shell_names()};
  return {};
}

bool is_file(const std::string& value, const std::string& command) {
  if (value == "...") return command == "compile";
  return value == "FILE" || value == "SOURCE" || value == "(two)";
}

OptionDescription description_of(const CLI::Option& option, const std::string& command) {
  OptionDescription out;
  if (!option.get_lnames().empty()) out.long_name = option.get_lnames().front();
  if (!option.get_snames().empty()) out.short_name = option.get_snames().front();
  const bool is_flag = option.get_items_expected_max() == 0;
  if (!is_flag) out.value = option.get_option_text();
  out.doc = text::replace_all(option.get_description(), "\n", " ");
  auto [words, is_list] = words_of(out.long_name, command);
  if (!is_flag) out.words = std::move(words);
  out.is_list = is_list;
  out.is_file = is_file(out.value, command);
  out.is_command = out.long_name.empty() && command == "migrate";
  if (out.long_name.empty()) out.value = option.get_name() + out.value;
  return out;
}

}  // namespace

ProgramDescription describe() {
  Options options;
  CLI::App app;
  build_app(app, options);
  ProgramDescription out = {app.get_description(), app.get_footer(), {}};
  for (const auto* command : app.get_subcommands([](CLI::App*) { return true; })) {
    CommandDescription described = {
        command->get_name(), command->get_description(), command->get_footer(), {}};
    for (const auto* option : command->get_options())
      described.options.push_back(description_of(*option, described.name));
    out.commands.push_back(std::move(described));
  }
  return out;
}

}  // namespace pgmend::cli
