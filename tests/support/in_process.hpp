// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/compare/expectation.hpp"
#include "app/run/run.hpp"
#include "model/report.hpp"
#include "support/database.hpp"

/// pgmend without its command line.
namespace pgmend::test {

/// All of a database, by way of a lock file; `with`: what is asked for beyond the schema itself.
app::Expectation expectation_of(const Database& wanted, const std::set<std::string>& with = {});
app::Expectation read_lock_file(const std::string& path, const std::set<std::string>& with = {});

/// What `pgmend snapshot` writes of it.
std::string lock_file_of(const Database& wanted, const std::set<std::string>& with = {});

/// Runs a job and returns its report. Throws SpecError.
Report run_job(const Database& database, const app::Expectation& expectation,
               const app::RunOptions& options);
Report run_job(const Database& database, const app::Expectation& expectation, Job job,
               const std::set<Consent>& consents = {Consent::add, Consent::restore});

/// Of a job that may do everything, and for which what is not expected is drift.
app::RunOptions with_every_consent(Job job);

/// What ended the run early, and each finding on a line of its own, with what became of it.
std::string told(const Report& report);

/// A finding as expect.txt has it: "different column api_keys.name type".
std::string finding_line(const Finding& finding);

/// All of them, in order.
std::vector<std::string> finding_lines(const Report& report);

}  // namespace pgmend::test
