// SPDX-License-Identifier: MIT
#pragma once

namespace pgmend::cli {

/// The whole program: parses, runs the command, returns the exit code. `version`: what --version
/// prints.
int run(int argc, const char* const* argv, const char* version);

}  // namespace pgmend::cli
