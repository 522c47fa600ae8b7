// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace pgmend::cli {

/// All commands with their options; parsing fills `options` in.
void build_app(CLI::App& app, Options& options);

}  // namespace pgmend::cli
