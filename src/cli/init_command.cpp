// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>

#include "app/database/project.hpp"
#include "app/errors.hpp"
#include "app/expected/schema_source.hpp"
#include "app/jobs/init.hpp"
#include "app/migrations/standing.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/invocation.hpp"
#include "cli/sources.hpp"
#include "util/text.hpp"

namespace pgmend::cli {

namespace {

/// What the migrations of this project make is not asked twice whether it is right. That they
/// cannot be read is no reason to write nothing.
app::AgainstMigrations against_migrations(const Options& options, const app::Project& project,
                                          app::LateSession& late) {
  if (!app::has_migrations(project.folder)) return {};
  auto request = source_request(options, {"alembic:"});
  request.folder = project.folder;
  try {
    auto scratch = late.scratch(scratch_options(options));
    const auto source = app::load_sources(request, scratch);
    app::RunOptions run;
    run.filter = filter_of(options, project);
    run.migrations = app::usual_places();
    run.migrations.source_config = source.alembic_config;
    return app::hold_against_migrations(late.get(source, scratch), source.expectation, run);
  } catch (const SpecError& error) {
    return {.not_held_because = fault_words(error.faults().front())};
  } catch (const app::HintedError& error) {
    return {.not_held_because = error.what()};
  }
}

/// The commands that this run's words name.
Invocation migrations_invocation(const Options& options) {
  auto named = options;
  named.schema = {"alembic:"};
  return invocation_of(named);
}

int refuse(const Options& options, std::size_t differences) {
  const auto verify = migrations_invocation(options).command("verify");
  const auto output =
      options.output ? " --output " + text::shell_word(*options.output) : std::string();
  print_error(
      {.exit_code = k_exit_drift,
       .message = fmt::format("the database differs from its migrations ({}): nothing was written",
                              text::count(differences, "difference")),
       .hint = fmt::format("see what it is: {}; to write it down as it is: pgmend init --force{}{}",
                           verify, output, invocation_of(options).options)});
  return k_exit_drift;
}

void tell(const Options& options, const std::string& path, const app::Draft& draft,
          const app::AgainstMigrations& against, bool has_migrations) {
  print_line(stdout, "wrote " + path);
  if (against.differences)
    print_line(stdout, fmt::format("note: it differs from its migrations ({})",
                                   text::count(*against.differences, "difference")));
  if (!against.not_held_because.empty())
    print_line(stdout, "note: not held against its migrations: " + against.not_held_because);
  if (!against.note.empty()) print_line(stdout, "note: " + against.note);
  if (!draft.left_out.empty()) {
    const auto snapshot = invocation_of(options).command("snapshot");
    print_line(stdout, fmt::format("note: it cannot say everything: {} left out; a lock file holds "
                                   "them: {}",
                                   draft.left_out, snapshot));
  }
  if (has_migrations)
    print_line(stdout, "note: without " + path + ", the migrations are what is expected");
  // The filters are in what was written.
  Options next;
  next.database = options.database;
  if (options.output) next.schema = {path};
  print_line(stdout, "next: look it over, then run: " + invocation_of(next).command("verify"));
}

}  // namespace

int run_init(const Options& options) {
  const auto path = options.output.value_or(app::k_spec_name);
  const bool to_stdout = path == "-";
  if (!to_stdout && !options.force && std::filesystem::exists(path))
    throw app::UsageError(fmt::format("{} is there already", path),
                          "overwrite it with --force, or write elsewhere with --output FILE");
  const auto project = app::nearest_project();
  auto late = late_session(options, project);
  const auto draft =
      app::draft_spec(late.get().target, filter_of(options, project), app::own_names_of_project());
  const auto against = against_migrations(options, project, late);
  if (against.differences && !options.force) return refuse(options, *against.differences);
  write_output(path, draft.yaml);
  if (!to_stdout && options.detail != Detail::quiet)
    tell(options, path, draft, against, app::has_migrations(project.folder));
  return k_exit_correct;
}

}  // namespace pgmend::cli
