// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace pgmend::cli {

/// The options of commands that look at version tables, and migrate's own.
void add_migrations(CLI::App& app, Command command, Options& options);

}  // namespace pgmend::cli
