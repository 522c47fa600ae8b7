// SPDX-License-Identifier: MIT
#pragma once

#include "cli/build_app.hpp"

namespace pgmend::cli {

/// Who the members are, what they are to be like, and how they are gone through.
void add_fleet(CLI::App& app, Options& options);

/// Those of them that say what is looked at.
void add_watched(CLI::App& app, Options& options);

}  // namespace pgmend::cli
