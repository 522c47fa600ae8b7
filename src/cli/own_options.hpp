// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace pgmend::cli {

/// The options that only this command has.
void add_own(CLI::App& app, Command command, Options& options);

}  // namespace pgmend::cli
