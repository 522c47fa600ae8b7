// SPDX-License-Identifier: MIT
#include "cli/common_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/seconds.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

constexpr std::array k_on_request = {"owners", "privileges"};

void look_at(Options& options, const std::string& words) {
  for (const auto word : text::split(words, ',')) {
    const std::string what(text::trim(word));
    if (std::find(k_on_request.begin(), k_on_request.end(), what) == k_on_request.end())
      throw CLI::ValidationError("--with",
                                 fmt::format("`{}` is not one of owners, privileges", what));
    options.with.insert(what);
  }
}

/// What is not expected is no drift but on request.
void fail_on(Options& options, const std::string& words) {
  for (const auto word : text::split(words, ',')) {
    const auto sort = parse_sort(text::trim(word));
    if (!sort)
      throw CLI::ValidationError(
          "--fail-on",
          fmt::format("`{}` is not one of missing, different, broken, extra", text::trim(word)));
    options.fail_on.insert(*sort);
    if (*sort == Sort::extra) options.strict = true;
  }
}

}  // namespace

void add_schema(CLI::App& app, Options& options) {
  app.add_option("--schema,-s", options.schema, "what is expected (pgmend.yaml, else alembic:)")
      ->type_name("SOURCE")
      ->option_text("SOURCE")
      ->allow_extra_args(false);
  app.add_option("--against", options.schema, "the same: compare with this database or file")
      ->type_name("SOURCE")
      ->option_text("SOURCE")
      ->allow_extra_args(false);
  app.add_flag("--strict", options.strict, "what is not expected counts as drift");
  app.add_option_function<std::vector<std::string>>(
         "--fail-on",
         [&options](const std::vector<std::string>& all) {
           options.fail_on.clear();
           for (const auto& words : all) fail_on(options, words);
         },
         "of missing, different, broken, extra: only these")
      ->type_name("WHAT,...")
      ->option_text("WHAT,...")
      ->allow_extra_args(false);
  app.add_flag("--no-cache", options.no_cache,
               "load the source and read the schema even if\nnothing has changed");
}

void add_word(CLI::App& app, const char* name, std::optional<std::string>& target, const char* doc,
              const char* type) {
  app.add_option(name, target, doc)->type_name(type)->option_text(type);
}

void add_scratch(CLI::App& app, const CommandInfo& info, Options& options) {
  app.add_option("--scratch", options.scratch,
                 info.checks ? "where SQL is loaded: a server's URL, or target"
                             : "where SQL is loaded: a server's URL")
      ->type_name("URL")
      ->option_text("URL");
}

void add_python(CLI::App& app, Options& options) {
  app.add_option("--python", options.python, "runs models and migrations (.venv ...)")
      ->type_name("FILE")
      ->option_text("FILE");
  add_seconds(app, "--python-timeout", "give up on them after this long (5m)",
              std::chrono::seconds(1),
              [&options](std::chrono::seconds time) { options.python_timeout = time; });
}

void add_connection(CLI::App& app, const CommandInfo& info, Options& options) {
  if (info.command != Command::diff && info.command != Command::compile)
    app.add_option("--database,-d", options.database, "the database to look at")
        ->type_name("URL")
        ->option_text("URL");
  add_seconds(app, "--connect-timeout", "give up connecting after this long (10s)",
              std::chrono::seconds(1), [&options](std::chrono::seconds time) {
                options.connect_timeout_seconds = static_cast<int>(time.count());
              });
  app.add_flag("--log-sql", options.log_sql, "print every statement to stderr");
}

namespace {

/// Several in one word, too. A name that holds a comma has `?` in its place.
void add_names(CLI::App& app, const char* option, const char* what, const char* doc,
               std::vector<std::string>& names) {
  app.add_option_function<std::vector<std::string>>(
         option,
         [&names](const std::vector<std::string>& all) {
           for (const auto& words : all)
             for (const auto word : text::split(words, ',')) names.emplace_back(text::trim(word));
         },
         doc)
      ->type_name(what)
      ->option_text(what)
      ->allow_extra_args(false);
}

}  // namespace

void add_filters(CLI::App& app, Options& options) {
  add_names(app, "--schema-name", "NAME,...", "only these schemas (globs)", options.schema_names);
  add_names(app, "--table", "NAME,...", "only these tables (globs)", options.tables);
  add_names(app, "--kind", "KIND,...", "only these kinds: column, index, check, ...",
            options.kinds);
  app.add_option("--ignore", options.ignore, "leave these out: audit.*, index:*_old")
      ->type_name("NAME")
      ->option_text("NAME")
      ->allow_extra_args(false);
}

void add_with(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         "--with",
         [&options](const std::vector<std::string>& all) {
           for (const auto& words : all) look_at(options, words);
         },
         "these as well: owners, privileges")
      ->type_name("WHAT,...")
      ->option_text("WHAT,...")
      ->allow_extra_args(false);
}

void add_detail(CLI::App& app, Options& options) {
  auto* quiet = app.add_flag_callback(
      "--quiet,-q", [&options] { options.detail = Detail::quiet; }, "only the verdict");
  quiet->option_text(" ");
  app.add_flag_callback(
         "--verbose,-v", [&options] { options.detail = Detail::verbose; },
         "every object, also where all is well")
      ->excludes(quiet)
      ->option_text(" ");
}

void add_output(CLI::App& app, Options& options) {
  app.add_option_function<std::string>(
         "--color",
         [&options](const std::string& word) {
           options.color = word == "always"  ? terminal::ColorChoice::always
                           : word == "never" ? terminal::ColorChoice::never
                                             : terminal::ColorChoice::automatic;
         },
         "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN")
      ->option_text("WHEN");
}

}  // namespace pgmend::cli
