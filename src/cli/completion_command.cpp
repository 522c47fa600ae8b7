// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/completion/shells.hpp"
#include "cli/exit_code.hpp"
#include "cli/man_page.hpp"
#include "util/stream.hpp"

namespace pgmend::cli {

int run_completion(const Options& options) {
  stream::print(stdout, "{}", completion_for(options.shell));
  return k_exit_correct;
}

int run_man() {
  stream::print(stdout, "{}", man_page(describe()));
  return k_exit_correct;
}

}  // namespace pgmend::cli
