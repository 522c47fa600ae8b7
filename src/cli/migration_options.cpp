// SPDX-License-Identifier: MIT
#include "cli/migration_options.hpp"

#include <fmt/format.h>

#include <charconv>

namespace pgmend::cli {

namespace {

/// "120", "120s" or "2m"; nothing if it is none of these.
std::optional<std::chrono::seconds> parse_duration(const std::string& text) {
  int number = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number < 0 || number > 1'000'000) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  if (unit.empty() || unit == "s") return std::chrono::seconds(number);
  if (unit == "m") return std::chrono::minutes(number);
  return std::nullopt;
}

CLI::Validator a_duration() {
  return {[](const std::string& text) {
            if (parse_duration(text)) return std::string();
            return fmt::format("`{}` is not a time such as 120s or 2m", text);
          },
          ""};
}

void add_duration(CLI::App& app, const std::string& name, const std::string& help,
                  const std::function<void(std::chrono::seconds)>& set) {
  app.add_option_function<std::string>(
         name, [set](const std::string& text) { set(*parse_duration(text)); }, help)
      ->check(a_duration())
      ->type_name("TIME")
      ->option_text("TIME");
}

void add_migrate(CLI::App& app, Options& options) {
  app.add_option("COMMAND", options.migration, "the migration command, behind --")
      ->required()
      ->option_text("...");
  add_duration(app, "--timeout", "end the migration command after this long (never)",
               [&options](std::chrono::seconds time) { options.timeout = time; });
}

}  // namespace

void add_migrations(CLI::App& app, Command command, Options& options) {
  if (command == Command::migrate) add_migrate(app, options);
  add_duration(app, "--wait",
               command == Command::verify ? "until it is correct, for as long (120s)"
                                          : "for the database to answer, as long (120s)",
               [&options](std::chrono::seconds time) { options.wait = time; });
  app.add_option("--alembic-config", options.alembic_config,
                 "alembic.ini or pyproject.toml (the one here)")
      ->type_name("FILE")
      ->option_text("FILE");
  app.add_option("--version-table", options.version_table, "Alembic's, if it is not found")
      ->type_name("NAME")
      ->option_text("NAME");
  app.add_flag("--even-if-pending", options.even_if_pending, "go on although migrations are due");
  app.add_flag("--even-if-unclear", options.even_if_unclear,
               "go on although the state of things is unclear");
}

}  // namespace pgmend::cli
