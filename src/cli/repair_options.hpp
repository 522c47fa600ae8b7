// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace pgmend::cli {

/// What is allowed, as whom, and how patiently.
void add_repairs(CLI::App& app, Options& options);

}  // namespace pgmend::cli
