// SPDX-License-Identifier: MIT
#include "cli/migration_options.hpp"

#include "cli/seconds.hpp"

namespace pgmend::cli {

namespace {

constexpr std::chrono::seconds k_any{0};

void add_migrate(CLI::App& app, Options& options) {
  app.add_option("COMMAND", options.migration, "the migration command, behind --")
      ->required()
      ->option_text("...");
  app.add_flag("--check", options.check, "repair nothing: exit code 1 where they leave drift");
  add_seconds(app, "--timeout", "end the migration command after this long (never)", k_any,
              [&options](std::chrono::seconds time) { options.timeout = time; });
}

}  // namespace

void add_migrations(CLI::App& app, Command command, Options& options) {
  if (command == Command::migrate) add_migrate(app, options);
  add_seconds(app, "--wait",
              command == Command::verify ? "keep looking until it is correct, for this long"
                                         : "wait for the database to answer, for this long",
              k_any, [&options](std::chrono::seconds time) { options.wait = time; });
  app.add_option("--alembic-config", options.alembic_config,
                 "alembic.ini or pyproject.toml (the one here)")
      ->type_name("FILE")
      ->option_text("FILE");
  app.add_option("--alembic-head", options.alembic_head,
                 "what a revision follows, of several (--format alembic)")
      ->type_name("REVISION")
      ->option_text("REVISION");
  app.add_option("--version-table", options.version_table, "Alembic's, if it is not found")
      ->type_name("NAME")
      ->option_text("NAME");
  app.add_flag("--even-if-pending", options.even_if_pending, "go on although migrations are due");
  app.add_flag("--even-if-unclear", options.even_if_unclear,
               "go on although the state of things is unclear");
  app.add_flag("--even-if-empty", options.even_if_empty, "nothing at all is expected");
}

}  // namespace pgmend::cli
