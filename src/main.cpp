// SPDX-License-Identifier: MIT
#include "build_info.hpp"
#include "cli/cli.hpp"

int main(int argc, char** argv) {
  return pgmend::cli::run(argc, argv, pgmend::k_build_info);
}
