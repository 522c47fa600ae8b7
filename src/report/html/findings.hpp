// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/report.hpp"
#include "report/groups.hpp"

namespace pgmend::report::html {

/// A finding as the page marks it: never by the colour alone.
struct Mark {
  std::string_view sign;
  std::string_view word;
  std::string_view tone;
};

Mark mark_of(const Finding& finding);

/// "missing", "default different": the state in the words that people read.
std::string state_words(const Finding& finding);

/// The id of a group's heading, which links lead to.
std::string anchor(const Groups& groups, const Group& group);

/// All findings, grouped by what they belong to; those that matter first.
std::string findings_section(const Report& report, const Groups& groups);

/// The statements of some stages, with their locks and what they cost.
std::string stages(const std::vector<Stage>& stages);

}  // namespace pgmend::report::html
