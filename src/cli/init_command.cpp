// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace pgmend::cli {

int run_init(const Options&) {
  return 2;
}

}  // namespace pgmend::cli
