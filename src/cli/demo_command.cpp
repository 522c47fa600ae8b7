// SPDX-License-Identifier: MIT
#include "app/jobs/demo.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"

namespace pgmend::cli {

int run_demo(const Options& options) {
  const bool well = app::run_demo({.keep = options.keep,
                                   .detail = options.detail,
                                   .style = terminal::Style::of(stdout, options.color)});
  return well ? k_exit_correct : k_exit_failed;
}

}  // namespace pgmend::cli
