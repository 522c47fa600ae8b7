// SPDX-License-Identifier: MIT
#include <utility>

#include "app/database/wait.hpp"
#include "app/errors.hpp"
#include "app/expected/backfills.hpp"
#include "app/migrations/migrate.hpp"
#include "app/run/run.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/invocation.hpp"
#include "cli/sources.hpp"

namespace pgmend::cli {

namespace {

/// The state that a container waits for while another one migrates. A new session each time: the
/// server may be restarted meanwhile.
void wait_until_correct(app::LateSession& late, const app::SourcePart& source,
                        app::RunOptions options, std::chrono::seconds patience) {
  options.plan = false;
  const auto silent = app::make_silent_reporter();
  app::wait_until(patience, [&] {
    try {
      auto& session = late.get();
      const auto report =
          app::run(session.target, source.expectation, session.subject, options, *silent);
      if (exit_code(report) == k_exit_correct) return true;
      if (!report.failure.empty()) late.forget();
    } catch (const app::UnverifiedError&) {
      late.forget();
    }
    return false;
  });
}

app::MigrateRequest migrate_request(const Options& options, const app::RunOptions& run) {
  return {.command = options.migration,
          .timeout = options.timeout,
          .patience = run.lock_patience,
          .migrations = run.migrations,
          .repairs = run.job == Job::ensure,
          .detail = options.detail};
}

int migrate_exit_code(app::Migrated::Outcome outcome) {
  switch (outcome) {
    case app::Migrated::Outcome::done:
      return k_exit_correct;
    case app::Migrated::Outcome::interrupted:
      return k_exit_interrupted;
    case app::Migrated::Outcome::not_writable:
      return k_exit_unverified;
    case app::Migrated::Outcome::not_our_turn:
      return k_exit_not_now;
    case app::Migrated::Outcome::not_startable:
      return k_exit_usage;
    case app::Migrated::Outcome::failed:
      break;
  }
  return k_exit_failed;
}

/// For the formats that are written at the end.
Ending ending_of(const app::Migrated& migrated) {
  return {.exit_code = migrate_exit_code(migrated.outcome),
          .message = migrated.failure,
          .hint = migrated.hint,
          .interrupted = migrated.outcome == app::Migrated::Outcome::interrupted};
}

}  // namespace

app::RunOptions run_options(const Options& options, const app::Project& project) {
  app::RunOptions run;
  run.job = job_of(options);
  run.dry_run = options.dry_run;
  run.strict = options.strict;
  run.fail_on = options.fail_on;
  run.remembers = !options.no_cache;
  run.consents = options.consents;
  run.locks.patience = options.patience;
  run.lock_patience = options.turn_patience;
  run.locks.build_wait = options.build_wait;
  run.locks.build_timeout = options.build_timeout;
  run.max_size = options.max_size;
  run.filter = filter_of(options, project);
  run.migrations = app::usual_places();
  run.migrations.alembic_config = options.alembic_config;
  run.migrations.version_table = options.version_table;
  run.migrations.schemas = options.schema_names;
  run.migrations.even_if_pending = options.even_if_pending;
  run.migrations.even_if_unclear = options.even_if_unclear;
  run.invocation = run.migrations.invocation = invocation_of(options);
  return run;
}

Job job_of(const Options& options) {
  if (options.command == Command::fleet)
    return options.fleet.action == "ensure" ? Job::ensure
           : options.fleet.action == "plan" ? Job::plan
                                            : Job::verify;
  if (options.command == Command::plan) return Job::plan;
  const bool repairs =
      options.command == Command::ensure || (options.command == Command::migrate && !options.check);
  return repairs || options.fix ? Job::ensure : Job::verify;
}

int run_check(const Options& options, Outputs& outputs) {
  std::vector<app::Backfill> backfills;
  for (const auto& text : options.backfills)
    backfills.push_back(app::parse_backfill(text, "--backfill"));
  auto request = source_request(options, options.schema);
  request.takes_migrations = true;
  request.keeps = !options.no_cache;
  const auto project = app::settle_request(request);
  // What the command line says of a column is said last.
  backfills.insert(backfills.begin(), project.backfills.begin(), project.backfills.end());
  auto late = late_session(options, project);
  auto scratch = late.scratch(scratch_options(options));
  auto source = app::load_sources(request, scratch);
  source.expectation.may_be_empty = options.even_if_empty;
  app::add_backfills(source.expectation, backfills);
  // What takes long, or changes the database, does not begin with an expectation that is at fault.
  if (options.wait || options.command == Command::migrate) app::refuse_empty(source.expectation);
  auto run = run_options(options, project);
  run.migrations.source_config = source.alembic_config;
  if (options.command == Command::verify && options.wait)
    wait_until_correct(late, source, run, *options.wait);
  auto& session = late.get(source, scratch);
  std::optional<app::Migrated> migrated;
  if (options.command == Command::migrate) {
    const auto style = terminal::Style::of(outputs.talk(), options.color);
    migrated.emplace(
        app::migrate(session.target, migrate_request(options, run), outputs.talk(), style));
    if (migrated->outcome != app::Migrated::Outcome::done)
      return outputs.finish(ending_of(*migrated));
    run.lock = &*migrated->lock;
  }
  auto report =
      app::run(session.target, source.expectation, session.subject, run, outputs.reporter());
  const auto code = exit_code(report);
  return outputs.finish(std::move(report), code);
}

}  // namespace pgmend::cli
