// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>

namespace pgmend::cli {

/// Accepts whole numbers of seconds from `least` up.
CLI::Validator seconds_from(int least);

}  // namespace pgmend::cli
