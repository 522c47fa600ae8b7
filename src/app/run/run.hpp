// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <set>

#include "app/compare/filter.hpp"
#include "app/database/advisory_lock.hpp"
#include "app/database/target.hpp"
#include "app/migrations/standing.hpp"
#include "engine/apply.hpp"
#include "model/report.hpp"

namespace pgmend::app {

struct RunOptions {
  Job job = Job::verify;
  bool dry_run = false;  // ensure: stop before applying
  bool strict = false;   // what is not expected is drift
  std::set<Sort> fail_on = k_all_sorts;
  bool plan = true;  // verify: say what would be repaired, and how
  std::set<Consent> consents = {Consent::add, Consent::restore};
  std::chrono::milliseconds read_lock_timeout{1000};
  engine::LockPolicy locks;
  std::chrono::milliseconds lock_patience{600000};  // for another pgmend to finish
  const AdvisoryLock* lock = nullptr;  // the one that the caller has already; null: none
  unsigned long long max_size = 0;     // in bytes; larger ones are left to people; 0: none is
  Filter filter;
  MigrationSearch migrations;    // no folders: version tables are not looked at
  Invocation invocation = {};    // for the commands that are named to people
  std::string only_schema = {};  // that is read; all that is expected stands in it; empty: all
  bool remembers = false;        // what was as expected is not read again while it is unchanged
};

/// Verifies, and for an ensure repairs, telling the reporter as it goes. Drift, refused steps,
/// a lost connection and an interruption are all in the report; only SpecError, UsageError and
/// programming errors are thrown.
Report run(Target& target, const Expectation& expectation, Subject subject,
           const RunOptions& options, Reporter& reporter);

}  // namespace pgmend::app
