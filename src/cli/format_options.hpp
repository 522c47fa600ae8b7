// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace pgmend::cli {

/// In which forms the report is written, and where to.
void add_formats(CLI::App& app, Options& options);

void add_log_format(CLI::App& app, Options& options);

}  // namespace pgmend::cli
