// SPDX-License-Identifier: MIT
#include "cli/cli.hpp"
#include "util/build_info.hpp"

int main(int argc, char** argv) {
  return pgmend::cli::run(argc, argv, pgmend::k_build_info);
}
