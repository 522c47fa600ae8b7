// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/fleet.hpp"

namespace pgmend::app {

/// Members by group and name.
using MemberNames = std::set<std::pair<std::string, std::string>>;

/// Of a JSON report of an earlier run: those that it had not come to, or not to the end with.
/// Throws UsageError for what is no such report.
MemberNames left_in_report(const std::string& file);
/// Those that failed, or could not be looked at.
MemberNames failed_in_report(const std::string& file);

/// Reports of parts of a fleet, as one: of a member that stands in several, the newest counts.
/// Throws UsageError for what is no such report, and where they are of other shards than each
/// other's.
FleetDocument united_reports(const std::vector<std::string>& files);

}  // namespace pgmend::app
