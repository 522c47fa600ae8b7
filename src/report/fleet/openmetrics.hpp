// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/document.hpp"
#include "model/fleet.hpp"

namespace pgmend::report::fleet {

/// Figures of some looks, of which a single run has one.
struct Looks {
  double last_time = 0;          // of the last, in seconds since 1970
  double last_success_time = 0;  // of the last that could be made; 0: none
  long long count = 1;
  long long failed = 0;  // that could not be made
};

/// In the exposition format of OpenMetrics 1.0, which Prometheus and the textfile collector of
/// node_exporter read.
std::string openmetrics(const FleetReport& report, const Looks& looks);

/// Of one run.
std::string openmetrics(const FleetDocument& document);

/// Of a run for one database.
std::string openmetrics_of_one(const Document& document);

}  // namespace pgmend::report::fleet
