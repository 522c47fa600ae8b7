// SPDX-License-Identifier: MIT
#include <cstdlib>

#include "cli/cli.hpp"
#include "util/build_info.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#endif

int main(int argc, char** argv) {
#ifdef __GLIBC__
  // What is large goes back to the system when it is freed, also after something larger has been:
  // a run has several such things one after the other, and its peak is what a container is made
  // for.
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
  return pgmend::cli::run(argc, argv, pgmend::k_build_info);
}
