// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/fleet.hpp"
#include "util/terminal.hpp"

namespace pgmend::report::fleet {

/// For people: the worst first, each difference once, with the members that have it.
std::string text(const FleetDocument& document, const terminal::Style& style, Detail detail);

}  // namespace pgmend::report::fleet
