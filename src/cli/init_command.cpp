// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>

#include "app/database/project.hpp"
#include "app/database/session.hpp"
#include "app/errors.hpp"
#include "app/jobs/init.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/invocation.hpp"
#include "cli/sources.hpp"

namespace pgmend::cli {

int run_init(const Options& options) {
  const auto path = options.output.value_or(app::k_spec_name);
  const bool to_stdout = path == "-";
  if (!to_stdout && !options.force && std::filesystem::exists(path))
    throw app::UsageError(fmt::format("{} is there already", path),
                          "overwrite it with --force, or write elsewhere with --output FILE");
  const auto project = app::nearest_project();
  auto session = app::connect(connection_request(options, project));
  const auto text = app::draft_spec(session.target, filter_of(options, project));
  write_output(path, text);
  if (!to_stdout && options.detail != Detail::quiet) {
    print_line(stdout, "wrote " + path);
    // The filters are in what was written.
    Options next;
    next.database = options.database;
    if (options.output) next.schema = {path};
    print_line(stdout, "next: look it over, then run: " + invocation_of(next).command("verify"));
  }
  return k_exit_correct;
}

}  // namespace pgmend::cli
