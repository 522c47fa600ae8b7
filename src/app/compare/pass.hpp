// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/compare/expectation.hpp"
#include "app/compare/filter.hpp"
#include "app/compare/tools_own.hpp"
#include "ledger/own_names.hpp"
#include "model/ledger.hpp"
#include "model/report.hpp"
#include "pg/connection.hpp"

namespace pgmend::app {

/// What every pass over the target needs.
struct PassInput {
  Kinds kinds;
  const Expectation& expectation;  // filtered already
  const Expectation& unfiltered;
  const Filter& filter;
  std::chrono::milliseconds lock_timeout;
  bool strict;  // what is not expected is drift
  /// Of a partial expectation: only what it comes to is read, which is enough where nothing is
  /// wrong.
  bool only_declared = false;
  std::vector<ledger::OwnName> own_names = {};  // that the project gives to tables of its tools
  /// The one schema that is read, and that all of what is expected stands in; empty: all.
  std::string only_schema = {};
};

/// One look at the target: what is expected, what is there, where they differ.
struct Pass {
  std::shared_ptr<const Schema> expected;
  Schema actual;  // empty if is_as_expected
  Schema beside;  // what is there and does not count; empty unless is_as_expected
  std::vector<Finding> findings;
  std::vector<Unmodelled> unmodelled;
  /// Tables of migration tools that stood where the expectation comes from, and are not there.
  std::vector<ToolTable> absent_books;
  bool is_partial = true;       // the expectation says nothing of what it does not name
  bool is_as_expected = false;  // to the last object that counts
  std::chrono::milliseconds patience_left{0};  // of lock_timeout, for who reads once more

  /// What is there.
  const Schema& found() const { return is_as_expected ? *expected : actual; }
  bool has_drift() const;
  /// Something could not be found out; a concurrent repair is one reason.
  bool is_open() const;
};

/// Reads, asks and compares; changes nothing. Throws SpecError for texts that the server refuses.
Pass run_pass(pg::Connection& connection, const PassInput& input);

/// What run_pass() would find in a database that is known to be as expected.
Pass unchanged_pass(pg::Connection& connection, const PassInput& input);

/// What is left of some findings after a repair.
std::vector<Finding> recheck(pg::Connection& connection, const PassInput& input,
                             const std::vector<const Finding*>& findings);

/// What it takes to know them again: of thousands, the objects take as much room as another look.
std::vector<Finding> only_known_again(std::vector<Finding> findings);

/// The findings of `second` that were there in `first` as well, those that are no passing matter,
/// and what could not be found out.
std::vector<Finding> confirmed(std::vector<Finding> second, const std::vector<Finding>& first);
/// Whether these are all of `second`.
bool are_confirmed(const std::vector<Finding>& second, const std::vector<Finding>& first);

}  // namespace pgmend::app
