// SPDX-License-Identifier: MIT
#include "app/run.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/sources.hpp"

namespace pgmend::cli {

namespace {

Job job_of(const Options& options) {
  if (options.command == Command::plan) return Job::plan;
  return options.command == Command::ensure || options.fix ? Job::ensure : Job::verify;
}

app::RunOptions run_options(const Options& options, const app::Project& project) {
  app::RunOptions run;
  run.job = job_of(options);
  run.dry_run = options.dry_run;
  run.strict = options.strict;
  run.consents = options.consents;
  run.locks.patience = options.patience;
  run.locks.build_wait = options.build_wait;
  run.locks.build_timeout = options.build_timeout;
  run.filter = {options.schema_names, options.tables, options.kinds, project.ignore};
  run.migrations = app::usual_places();
  run.migrations.alembic_config = options.alembic_config;
  run.migrations.version_table = options.version_table;
  run.migrations.even_if_pending = options.even_if_pending;
  run.migrations.even_if_unclear = options.even_if_unclear;
  return run;
}

}  // namespace

int run_check(const Options& options) {
  auto request = source_request(options, options.schema);
  const auto project = app::settle_request(request);
  LateSession late(options, project);
  auto scratch = late.scratch();
  const auto source = app::load_sources(request, scratch);
  app::refuse_empty(source);
  auto& session = late.get();
  for (const auto& notes : {source.notes, scratch.notes()})
    session.subject.notes.insert(session.subject.notes.end(), notes.begin(), notes.end());
  const auto style = terminal::Style::of(stdout, options.color);
  const auto reporter = options.command == Command::plan
                            ? app::make_sql_reporter(stdout)
                            : app::make_text_reporter(stdout, style, options.detail);
  return exit_code(app::run(session.target, source.expectation, session.subject,
                            run_options(options, project), *reporter));
}

}  // namespace pgmend::cli
