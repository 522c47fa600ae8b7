// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "app/database/read_database.hpp"
#include "app/database/session.hpp"
#include "app/migrations/standing.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/invocation.hpp"
#include "cli/sources.hpp"

namespace pgmend::cli {

int run_snapshot(const Options& options) {
  const auto project = app::nearest_project();
  auto session = app::connect(connection_request(options, project));
  auto with = options.with;
  with.insert(project.with.begin(), project.with.end());
  const auto lock = app::read_to_write_down(session.target, filter_of(options, project), with,
                                            app::own_names_of_project());
  const auto path = options.output.value_or("schema.lock");
  write_output(path, source::write_lock_file(lock));
  if (path != "-" && options.detail != Detail::quiet) {
    print_line(stdout, fmt::format("wrote {} ({} objects of {})", path, lock.schema.size(),
                                   session.subject.target));
    print_left_out(stdout, lock.left_to_tools);
    auto next = options;
    next.schema = {path};
    print_line(stdout, "next: commit it, then run: " + invocation_of(next).command("verify"));
  }
  return k_exit_correct;
}

}  // namespace pgmend::cli
