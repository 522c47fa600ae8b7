// SPDX-License-Identifier: MIT
#include "app/diff.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/sources.hpp"

namespace pgmend::cli {

int run_diff(const Options& options) {
  const auto request = [&](const std::string& source) { return source_request(options, {source}); };
  const auto style = terminal::Style::of(stdout, options.color);
  const auto reporter = app::make_text_reporter(stdout, style, options.detail);
  auto scratch = scratch_without_target(options);
  return exit_code(app::diff(request(options.sides.at(0)), request(options.sides.at(1)),
                             {options.schema_names, options.tables, options.kinds, {}}, scratch,
                             *reporter));
}

}  // namespace pgmend::cli
