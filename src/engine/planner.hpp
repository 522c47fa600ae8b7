// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <set>

#include "model/kind.hpp"
#include "model/report.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Everything the planner needs to know.
struct PlanInput {
  Kinds kinds;
  const Schema& expected;
  const Schema& actual;
  Kinds describing;  // the kinds that describe objects, also those that are not compared
  std::set<Consent> consents;
  std::chrono::milliseconds lock_timeout;
  unsigned long long max_size = 0;  // in bytes, see Preflight
  /// All that is to be said of objects, whatever is looked at; null: it is not known to be all.
  const Schema* said = nullptr;
  /// `actual` is not all that is there.
  bool is_partial = false;
};

/// Whether something is to be done about the finding, where these are given: what only comes or
/// goes with its relation is no matter of its own.
bool is_to_be_planned(const Finding& finding, const std::set<Consent>& consents);

/// Turns findings into ordered steps. A finding for which there is no step is marked refused, with
/// the reason and what to do. Reads the target (does a relation have rows, would a statement
/// rewrite it), changes nothing.
Plan make_plan(pg::Connection& connection, const PlanInput& input, std::vector<Finding>& findings);

}  // namespace pgmend::engine
