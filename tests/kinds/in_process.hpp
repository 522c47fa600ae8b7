// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "case.hpp"
#include "model/declaration.hpp"
#include "model/report.hpp"
#include "support/database.hpp"

/// pgmend without its command line.
namespace pgmend::test {

/// What the case's pgmend.yaml says.
Declarations declarations_of(const Case& one);

/// Runs a job and returns its report. Throws SpecError.
Report run_job(const Database& database, const Declarations& declarations, Job job,
               const std::set<Consent>& consents = {Consent::add, Consent::restore});

/// A finding as expect.txt has it: "different column api_keys.name type".
std::string finding_line(const Finding& finding);

/// All of them, in order.
std::vector<std::string> finding_lines(const Report& report);

}  // namespace pgmend::test
