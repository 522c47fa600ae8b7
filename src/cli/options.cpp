// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>

#include "cli/exit_code.hpp"
#include "cli/migration_options.hpp"
#include "cli/repair_options.hpp"
#include "cli/seconds.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

constexpr const char* k_description =
    "Compares a PostgreSQL database with what it should be, and adds what is missing.";

constexpr const char* k_footer = R"(
Examples:
  pgmend ensure                       check, and add what is missing
  pgmend verify                       check only (exit code 1 on drift)
  pgmend plan > repair.sql            the SQL that ensure would run
  pgmend migrate -- alembic upgrade head
                                      run that, then ensure
  pgmend init                         write a first pgmend.yaml
  pgmend demo                         see it work on a throw-away server

The expected schema is read from pgmend.yaml in this folder or one above, or
from what --schema names: another such file, an SQL file or a folder of them,
sqlalchemy:package.module:Base, alembic: (a project's migrations), a lock file
(pgmend compile, pgmend snapshot) or the URL of a database. A pgmend.yaml names
some objects; the others are whole schemas, and what they do not hold is
reported as extra. SQL, models and migrations are loaded into a scratch database
on a private server, never into the database that is verified.

The connection is the first that is set of: --database, PGMEND_DATABASE_URL,
MIGRATION_DATABASE_URL, DIRECT_URL, DATABASE_URL, SQLALCHEMY_DATABASE_URI
(environment, then .env), DB_HOST and its kin, `database:` in pgmend.yaml,
alembic.ini, and libpq's own PG* variables.

Exit codes: 0 correct, or made correct and proven; 1 drift found or left;
2 wrong usage or spec; 3 could not verify; 4 a repair failed; 5 not now
(migrations are pending, the state of things is unclear, or a lock could not be
had in time); 130 interrupted.
)";

constexpr const char* k_consents = R"(
Without --allow only what is missing is added and what is broken rebuilt. alter
changes in place, replace drops and recreates what holds no data, rewrite
rewrites or long-locks a table, drop removes what is not expected.
)";

/// Each command's one line, its examples, and which groups of options it takes.
struct CommandInfo {
  Command command;
  const char* name;
  const char* summary;
  const char* examples;
  bool checks;   // takes a spec and filters
  bool repairs;  // takes consents
};

constexpr auto k_commands = std::to_array<CommandInfo>({
    {Command::ensure, "ensure", "check, and add what is missing (needs no flags)",
     "Examples:\n  pgmend ensure\n  pgmend ensure --dry-run\n"
     "  pgmend ensure --table api_keys --allow alter\n",
     true, true},
    {Command::verify, "verify", "check only; --fix makes it ensure",
     "Examples:\n  pgmend verify\n  pgmend verify --fix\n"
     "  pgmend verify --schema schema.lock --strict\n",
     true, true},
    {Command::plan, "plan", "print the SQL that ensure would run",
     "Examples:\n  pgmend plan\n  pgmend plan > repair.sql\n", true, true},
    {Command::migrate, "migrate", "run a migration command, then ensure",
     "Examples:\n  pgmend migrate -- alembic upgrade head\n"
     "  pgmend migrate --timeout 600 --wait 60s -- python manage.py migrate\n"
     "\nOne at a time: others wait for it, then find nothing to do. A command that ends\n"
     "with 0 and commits nothing is noticed.\n",
     true, true},
    {Command::diff, "diff", "compare any two sources",
     "Examples:\n  pgmend diff postgresql://app@staging/shop postgresql://app@prod/shop\n"
     "  pgmend diff schema.sql $DATABASE_URL\n"
     "  pgmend diff alembic: sqlalchemy:app.models:Base\n"
     "\nExit code 1 if they differ; the first is what is expected of the second.\n",
     false, false},
    {Command::compile, "compile", "turn sources into a lock file",
     "Examples:\n  pgmend compile schema.sql\n"
     "  pgmend compile schema.sql functions/ --output schema.lock\n"
     "  pgmend compile alembic: --python .venv/bin/python\n"
     "  pgmend compile --check schema.sql     in CI: exit code 1 if the file is stale\n"
     "\nA lock file needs no scratch database, no CREATEDB right and no server programs\n"
     "where it is used. Without SOURCE, the sources are those that pgmend.yaml names\n"
     "(`schema:`).\n",
     false, false},
    {Command::snapshot, "snapshot", "write the whole schema to a lock file",
     "Examples:\n  pgmend snapshot\n  pgmend snapshot --output - | less\n"
     "\nCommit the file; pgmend verify --schema schema.lock compares all of it.\n",
     false, false},
    {Command::init, "init", "write a first pgmend.yaml from the database",
     "Examples:\n  pgmend init\n  pgmend init --table api_keys --output -\n", false, false},
    {Command::demo, "demo", "show it all on a private, throw-away server",
     "Examples:\n  pgmend demo\n  pgmend demo --keep\n", false, false},
});

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

void add_connection(CLI::App& app, const CommandInfo& info, Options& options) {
  if (info.command != Command::diff && info.command != Command::compile)
    app.add_option("--database,-d", options.database, "the database to look at")
        ->type_name("URL")
        ->option_text("URL");
  app.add_option("--connect-timeout", options.connect_timeout_seconds,
                 "give up connecting after this long (10)")
      ->check(seconds_from(1))
      ->type_name("SECONDS")
      ->option_text("SECONDS");
  app.add_flag("--log-sql", options.log_sql, "print every statement to stderr");
}

void add_scratch(CLI::App& app, const CommandInfo& info, Options& options) {
  app.add_option("--scratch", options.scratch,
                 info.checks ? "where SQL is loaded: a server's URL, or target"
                             : "where SQL is loaded: a server's URL")
      ->type_name("URL")
      ->option_text("URL");
}

void add_filters(CLI::App& app, Options& options) {
  app.add_option("--schema-name", options.schema_names, "only these schemas (globs)")
      ->type_name("NAME")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--table", options.tables, "only these tables (globs)")
      ->type_name("NAME")
      ->option_text("NAME")
      ->allow_extra_args(false);
  app.add_option("--kind", options.kinds, "only these kinds: column, index, check, ...")
      ->type_name("KIND")
      ->option_text("KIND")
      ->allow_extra_args(false);
}

void add_detail(CLI::App& app, Options& options) {
  auto* quiet = app.add_flag_callback(
      "--quiet,-q", [&options] { options.detail = Detail::quiet; }, "only the verdict");
  app.add_flag_callback(
         "--verbose,-v", [&options] { options.detail = Detail::verbose; },
         "every object, also where all is well")
      ->excludes(quiet)
      ->option_text(" ");
}

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

/// For sqlalchemy: and alembic:.
void add_python(CLI::App& app, Options& options) {
  app.add_option("--python", options.python, "runs models and migrations (.venv ...)")
      ->type_name("FILE")
      ->option_text("FILE");
  app.add_option_function<int>(
         "--python-timeout",
         [&options](int seconds) { options.python_timeout = std::chrono::seconds(seconds); },
         "give up on them after this long (300)")
      ->check(seconds_from(1))
      ->type_name("SECONDS")
      ->option_text("SECONDS");
}

void add_own(CLI::App& app, const CommandInfo& info, Options& options) {
  if (info.command == Command::verify)
    app.add_flag("--fix", options.fix, "repair what is found: the same as ensure");
  if (info.command == Command::ensure)
    app.add_flag("--dry-run", options.dry_run, "show what would be done, change nothing");
  if (info.command == Command::snapshot)
    app.add_option("--output,-o", options.output, "the file to write, - for stdout (schema.lock)")
        ->type_name("FILE")
        ->option_text("FILE");
  if (info.command == Command::diff)
    app.add_option("SOURCE", options.sides, "two sources, as for --schema")
        ->expected(2)
        ->required()
        ->option_text("(two)");
  if (info.command == Command::compile) {
    app.add_option("SOURCE", options.sources, "SQL file or folder, - for stdin, URL, lock file")
        ->option_text("...");
    app.add_option("--output,-o", options.output, "the file to write, - for stdout (schema.lock)")
        ->type_name("FILE")
        ->option_text("FILE");
    app.add_flag("--check", options.check, "write nothing; exit code 1 if the file is stale");
  }
  if (info.command == Command::init) {
    app.add_option("--output,-o", options.output, "the file to write, - for stdout (pgmend.yaml)")
        ->type_name("FILE")
        ->option_text("FILE");
    app.add_flag("--force", options.force, "overwrite the file if it is there");
  }
  if (info.command == Command::demo)
    app.add_flag("--keep", options.keep, "leave the server running, and say how to connect");
}

void add_command(CLI::App& app, const CommandInfo& info, Options& options) {
  auto* command = app.add_subcommand(info.name, info.summary);
  command->footer(fmt::format("{}{}", info.examples, info.repairs ? k_consents : ""));
  command->callback([&options, &info] { options.command = info.command; });
  add_own(*command, info, options);
  if (info.checks) {
    command->add_option("--schema,-s", options.schema, "what is expected (the nearest pgmend.yaml)")
        ->type_name("SOURCE")
        ->option_text("SOURCE")
        ->allow_extra_args(false);
    command->add_option("--against", options.schema, "the same: compare with this database or file")
        ->type_name("SOURCE")
        ->option_text("SOURCE")
        ->allow_extra_args(false);
    command->add_flag("--strict", options.strict, "what is not expected counts as drift");
  }
  if (info.checks || info.command == Command::diff || info.command == Command::compile) {
    add_scratch(*command, info, options);
    add_python(*command, options);
  }
  if (info.command != Command::demo) {
    add_connection(*command, info, options);
    add_filters(*command, options);
    if (info.command != Command::init) add_with(*command, options);
  }
  if (info.checks) add_migrations(*command, info.command, options);
  if (info.repairs) add_repairs(*command, options);
  add_detail(*command, options);
  add_output(*command, options);
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
    for (const auto& info : k_commands) names.emplace_back(info.name);
    if (const auto near = text::nearest(app.remaining().front(), names))
      hint = fmt::format("did you mean: pgmend {}?", *near);
  }
  fmt::print(stderr, "pgmend: {}\nhint: {}\n", message, hint);
}

}  // namespace

Parsed parse(int argc, const char* const* argv) {
  Options options;
  CLI::App app(k_description, "pgmend");
  app.footer(k_footer);
  app.set_version_flag("--version", std::string("pgmend ") + PGMEND_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(32);
  for (const auto& info : k_commands) add_command(app, info, options);
  if (argc <= 1) {
    fmt::print("{}", app.help());
    return {std::nullopt, k_exit_usage};
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& request) {  // --help, --version
    return {std::nullopt, app.exit(request)};
  } catch (const CLI::ParseError& error) {
    print_error(app, error);
    return {std::nullopt, k_exit_usage};
  }
  return {options, 0};
}

}  // namespace pgmend::cli
