// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/fleet.hpp"

namespace pgmend::report::fleet {

/// All of it, for programs (docs/fleet.schema.json).
std::string json(const FleetDocument& document);

}  // namespace pgmend::report::fleet
