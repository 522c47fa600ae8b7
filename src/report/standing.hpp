// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/report.hpp"

/// What a report says of migrations: the verdict in one line, and what the version table claims
/// beside what is there. No line breaks, no colours.
namespace pgmend::report {

/// "verdict: drift - the migrations say done, the schema says no: 3 differences".
std::string verdict_line(const Report& report);

/// What stands behind the verdict's word, in full.
std::string verdict_reason(const Report& report);

/// The state as it was found, before anything was repaired.
std::string opening_verdict_line(const Report& report);

using Labelled = std::vector<std::pair<std::string, std::string>>;

/// "Alembic says", "the database has", "consequence", "remedy", each with its words; empty where no
/// migration tool was found. The last two only where something is wrong.
Labelled standing_lines(const Report& report);

/// "from add_webhook_fields (migrations/0002.py:26), recorded as applied"; empty if not known.
std::string origin_words(const Finding& finding);

/// What an application meets because of it.
std::string consequence_words(const Report& report);

/// What to do about the obstacle, or else about the findings.
std::string remedy_words(const Report& report);

}  // namespace pgmend::report
