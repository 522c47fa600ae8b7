// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/expectation.hpp"
#include "case.hpp"
#include "model/report.hpp"
#include "support/database.hpp"

/// pgmend without its command line.
namespace pgmend::test {

/// What the case expects: its pgmend.yaml, or, by way of a lock file, a database made of
/// wanted.sql.
app::Expectation expectation_of(const Case& one);
app::Expectation expectation_of(const Database& wanted, const std::set<std::string>& with = {});

/// Whether the case is about something that this server does not have yet.
bool is_too_old(const Database& database, const Case& one);

/// Runs a job and returns its report. Throws SpecError.
Report run_job(const Database& database, const app::Expectation& expectation, Job job,
               const std::set<Consent>& consents = {Consent::add, Consent::restore});

/// A finding as expect.txt has it: "different column api_keys.name type".
std::string finding_line(const Finding& finding);

/// All of them, in order.
std::vector<std::string> finding_lines(const Report& report);

}  // namespace pgmend::test
