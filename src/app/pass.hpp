// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <vector>

#include "app/filter.hpp"
#include "model/report.hpp"
#include "pg/connection.hpp"

namespace pgmend::app {

/// What every pass over the target needs.
struct PassInput {
  Kinds kinds;
  const Declarations& declarations;
  const Filter& filter;
  std::chrono::milliseconds lock_timeout;
};

/// One look at the target: what is expected, what is there, where they differ.
struct Pass {
  Schema expected;
  Schema actual;
  std::vector<Checked> checked;
  std::vector<Finding> findings;

  bool has_drift() const;
  /// Something could not be found out; a concurrent repair is one reason.
  bool is_open() const;
};

/// Reads, asks and compares; changes nothing. Throws SpecError for texts that the server refuses.
Pass run_pass(pg::Connection& connection, const PassInput& input);

/// Compares some of the expected objects again, after they were repaired.
std::vector<Finding> recheck(pg::Connection& connection, const PassInput& input,
                             const std::vector<Object>& expected);

/// The findings of `second` that were there in `first` as well: those that are no passing matter.
std::vector<Finding> confirmed(std::vector<Finding> second, const std::vector<Finding>& first);

}  // namespace pgmend::app
