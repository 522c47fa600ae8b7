// SPDX-License-Identifier: MIT
#pragma once

namespace pgmend::report::fleet {

/// fleet.css, which goes behind report.css; and fleet.js, by which members are searched.
extern const char* const k_fleet_style;
extern const char* const k_fleet_script;

}  // namespace pgmend::report::fleet
