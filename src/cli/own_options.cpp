// SPDX-License-Identifier: MIT
#include "cli/own_options.hpp"

#include "cli/completion/shells.hpp"

namespace pgmend::cli {

namespace {

void add_file(CLI::App& app, Options& options, const char* doc) {
  app.add_option("--output,-o", options.output, doc)->type_name("FILE")->option_text("FILE");
}

void add_diff(CLI::App& app, Options& options) {
  app.add_option("SOURCE", options.sides, "two sources, as for --schema")
      ->expected(2)
      ->required()
      ->option_text("(two)");
}

void add_compile(CLI::App& app, Options& options) {
  app.add_option("SOURCE", options.sources,
                 "alembic:, sqlalchemy:MODULE, SQL file or folder, - for stdin, URL, lock file")
      ->option_text("...");
  add_file(app, options, "the file to write, - for stdout (schema.lock)");
  app.add_flag("--check", options.check, "write nothing; exit code 1 if the file is stale");
}

void add_init(CLI::App& app, Options& options) {
  add_file(app, options, "the file to write, - for stdout (pgmend.yaml)");
  app.add_flag("--force", options.force,
               "overwrite the file, and write what differs from the migrations");
}

}  // namespace

void add_own(CLI::App& app, Command command, Options& options) {
  switch (command) {
    case Command::verify:
      app.add_flag("--fix", options.fix, "repair what is found: the same as ensure");
      break;
    case Command::ensure:
      app.add_flag("--dry-run", options.dry_run, "show what would be done, change nothing");
      break;
    case Command::snapshot:
      add_file(app, options, "the file to write, - for stdout (schema.lock)");
      break;
    case Command::diff:
      add_diff(app, options);
      break;
    case Command::compile:
      add_compile(app, options);
      break;
    case Command::init:
      add_init(app, options);
      break;
    case Command::demo:
      app.add_flag("--keep", options.keep, "leave the server running, and say how to connect");
      break;
    case Command::explain:
      app.add_option("ID", options.topics, "what: a finding's id, a kind, a verdict (all of them)")
          ->option_text("...");
      app.add_flag("--markdown", options.markdown,
                   "as Markdown; without ID, every finding in full");
      break;
    case Command::completion:
      app.add_option("SHELL", options.shell, "bash, zsh or fish")
          ->required()
          ->check(CLI::IsMember(shell_names()))
          ->option_text(" ");
      break;
    default:
      break;
  }
}

}  // namespace pgmend::cli
