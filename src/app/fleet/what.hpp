// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/fleet.hpp"

namespace pgmend::app {

/// "49 schemas of shop on db.example:5432 as app".
std::string words_of_members(const FleetReport& report);

}  // namespace pgmend::app
