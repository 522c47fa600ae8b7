// SPDX-License-Identifier: MIT
#pragma once

#include "cli/build_app.hpp"

namespace pgmend::cli {

/// What is watched, how often, and who is told.
void add_watch(CLI::App& app, Options& options);

}  // namespace pgmend::cli
