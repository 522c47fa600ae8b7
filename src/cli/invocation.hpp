// SPDX-License-Identifier: MIT
#pragma once

#include "cli/options.hpp"
#include "model/invocation.hpp"

namespace pgmend::cli {

/// What this command line said, for the commands that are named to people.
Invocation invocation_of(const Options& options);

/// A source that is a URL may hold a password.
std::string shown_source(const std::string& source);

}  // namespace pgmend::cli
