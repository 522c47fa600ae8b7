// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <sstream>

#include "cli/build_app.hpp"
#include "cli/command_table.hpp"
#include "cli/common_options.hpp"
#include "cli/exit_code.hpp"
#include "cli/fleet_options.hpp"
#include "cli/format_options.hpp"
#include "cli/migration_options.hpp"
#include "cli/own_options.hpp"
#include "cli/repair_options.hpp"
#include "cli/watch_options.hpp"
#include "util/stream.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

constexpr std::size_t k_doc_column = 32;

/// Prints something, and looks at no database.
bool says_what_it_knows(Command command) {
  return command == Command::explain || command == Command::completion || command == Command::man;
}

void add_command(CLI::App& app, const CommandInfo& info, Options& options) {
  auto* command = app.add_subcommand(info.name, info.summary);
  command->set_help_flag("-h,--help", "print this help");
  command->footer(fmt::format("{}{}", info.examples, info.repairs ? k_consents : ""));
  command->callback([&options, &info] { options.command = info.command; });
  add_own(*command, info.command, options);
  if (says_what_it_knows(info.command)) return;
  if (info.checks) add_schema(*command, options);
  if (info.checks || info.command == Command::diff || info.command == Command::compile ||
      info.command == Command::init) {
    add_scratch(*command, info, options);
    add_python(*command, options);
  }
  if (info.command != Command::demo) {
    add_connection(*command, info, options);
    add_filters(*command, options);
    if (info.command != Command::init) add_with(*command, options);
  }
  if (info.command == Command::fleet) add_fleet(*command, options);
  if (info.command == Command::watch) add_watch(*command, options);
  if (info.checks) add_migrations(*command, info.command, options);
  if (info.repairs) add_repairs(*command, options);
  if (info.checks || info.command == Command::diff) {
    if (info.command != Command::watch) add_formats(*command, options);
    add_log_format(*command, options);
  }
  add_detail(*command, options);
  add_output(*command, options);
}

/// An option that there is not, and the one that may be meant: CLI11 names all that is left over,
/// in its own order.
struct UnknownOption {
  std::string message;
  std::string hint;
};

std::optional<UnknownOption> unknown_option(const CLI::App& app) {
  for (const auto* command : app.get_subcommands()) {
    const auto rest = command->remaining();
    const auto found = std::find_if(rest.begin(), rest.end(), [](const std::string& word) {
      return word.size() > 1 && word.starts_with('-');
    });
    if (found == rest.end()) continue;
    const auto word = found->substr(0, found->find('='));
    std::vector<std::string> names;
    for (const auto* option : command->get_options())
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    const auto near = text::nearest(word, names);
    return UnknownOption{fmt::format("pgmend: {} has no option {}", command->get_name(), word),
                         near ? fmt::format("did you mean: {}?", *near)
                              : fmt::format("see: pgmend {} --help", command->get_name())};
  }
  return std::nullopt;
}

/// CLI11's own text names only the offending word.
void print_error(const CLI::App& app, const CLI::ParseError& error) {
  std::string hint = "see: pgmend --help";
  for (const auto* command : app.get_subcommands())
    hint = fmt::format("see: pgmend {} --help", command->get_name());
  std::string message = error.what();
  if (app.get_subcommands().empty() && !app.remaining().empty()) {
    message = fmt::format("there is no command `{}`", app.remaining().front());
    std::vector<std::string> names;
    for (const auto& info : command_table()) names.emplace_back(info.name);
    if (const auto near = text::nearest(app.remaining().front(), names))
      hint = fmt::format("did you mean: pgmend {}?", *near);
  }
  if (const auto unknown = unknown_option(app)) {
    message = unknown->message.substr(std::string_view("pgmend: ").size());
    hint = unknown->hint;
  }
  stream::print(stderr, "{}\nhint: {}\n",
                text::wrap(text::visible(text::shortened("pgmend: " + message)),
                           terminal::columns_of(stderr), "  "),
                hint);
}

}  // namespace

void build_app(CLI::App& app, Options& options) {
  app.name("pgmend");
  app.description(k_description);
  app.footer(k_footer);
  app.set_help_flag("-h,--help", "print this help");
  app.set_version_flag("--version", "pgmend " PGMEND_VERSION, "print version, commit and build");
  app.require_subcommand(1);
  app.get_formatter()->column_width(k_doc_column);
  for (const auto& info : command_table()) add_command(app, info, options);
  for (auto* command : app.get_subcommands([](CLI::App*) { return true; }))
    for (auto* option : command->get_options([](CLI::Option*) { return true; })) {
      constexpr auto k_width = terminal::k_columns - k_doc_column;
      option->description(text::wrap(option->get_description(), k_width));
    }
}

Parsed parse(int argc, const char* const* argv, const char* version) {
  Options options;
  CLI::App app;
  build_app(app, options);
  if (argc <= 1) {
    stream::print(stderr, "{}", app.help());
    return {std::nullopt, k_exit_usage};
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion&) {
    stream::print(stdout, "{}\n", version);
    return {std::nullopt, 0};
  } catch (const CLI::Success& request) {  // --help
    std::ostringstream help;
    const auto code = app.exit(request, help);
    stream::print(stdout, "{}", help.str());
    return {std::nullopt, code};
  } catch (const CLI::ParseError& error) {
    print_error(app, error);
    return {std::nullopt, k_exit_usage};
  }
  return {options, 0};
}

}  // namespace pgmend::cli
