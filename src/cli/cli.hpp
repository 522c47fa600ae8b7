// SPDX-License-Identifier: MIT
#pragma once

namespace pgmend::cli {

/// The whole program: parses, runs the command, returns the exit code.
int run(int argc, const char* const* argv);

}  // namespace pgmend::cli
