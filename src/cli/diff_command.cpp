// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "app/jobs/diff.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/sources.hpp"

namespace pgmend::cli {

int run_diff(const Options& options, Outputs& outputs) {
  const auto request = [&](const std::string& source) { return source_request(options, {source}); };
  auto scratch = scratch_without_target(options);
  const bool plans = std::any_of(options.outputs.begin(), options.outputs.end(),
                                 [](const Output& output) { return output.format->is_script; });
  auto report = app::diff(request(options.sides.at(0)), request(options.sides.at(1)),
                          {options.schema_names, options.tables, options.kinds, options.ignore},
                          scratch, outputs.reporter(), plans);
  const auto code = exit_code(report);
  return outputs.finish(std::move(report), code);
}

}  // namespace pgmend::cli
