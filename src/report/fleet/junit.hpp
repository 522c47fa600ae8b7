// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/fleet.hpp"

namespace pgmend::report::fleet {

/// Test results: a case for each member.
std::string junit(const FleetDocument& document);

}  // namespace pgmend::report::fleet
