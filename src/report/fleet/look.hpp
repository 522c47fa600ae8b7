// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/fleet.hpp"

namespace pgmend::report::fleet {

/// What is told of a run for one member. The run itself, with all that was expected, is as large as
/// the member's schema, and is not kept.
FleetLook look_of(const Report& run, const FleetMember& member);

/// A database by itself, as a fleet of one.
FleetReport fleet_of_one(const Report& run);

}  // namespace pgmend::report::fleet
