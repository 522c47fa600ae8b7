// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/fleet.hpp"

namespace pgmend::report::fleet {

/// A page for people, in one file that loads nothing: a map of all members, and each difference
/// once.
std::string html(const FleetDocument& document);

/// With sections of somebody else's behind the first.
std::string html_with(const FleetDocument& document, const std::string& more);

}  // namespace pgmend::report::fleet
