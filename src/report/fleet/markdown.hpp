// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/fleet.hpp"

namespace pgmend::report::fleet {

/// A summary for a pull request or a job.
std::string markdown(const FleetDocument& document);

}  // namespace pgmend::report::fleet
