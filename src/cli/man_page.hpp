// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "cli/description.hpp"

namespace pgmend::cli {

/// pgmend(1), in the macros of man(7).
std::string man_page(const ProgramDescription& program);

}  // namespace pgmend::cli
