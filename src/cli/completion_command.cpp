// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/completion/shells.hpp"
#include "cli/exit_code.hpp"
#include "cli/man_page.hpp"

namespace pgmend::cli {

int run_completion(const Options& options) {
  fmt::print("{}", completion_for(options.shell));
  return k_exit_correct;
}

int run_man() {
  fmt::print("{}", man_page(describe()));
  return k_exit_correct;
}

}  // namespace pgmend::cli
