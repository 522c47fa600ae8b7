// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/report.hpp"
#include "report/groups.hpp"

/// What the page begins with.
namespace pgmend::report::html {

/// How a run ended, in a word; `tone` is the class that colours it.
struct State {
  std::string_view word;
  std::string_view sign;
  std::string_view tone;
};

State state_of(const Report& report);

/// The verdict, what it rests on, and the counts.
std::string verdict_section(const Report& report, const Groups& groups);

/// What the migrations say, what is there, what follows, and what helps.
std::string standing_section(const Report& report);

/// What was compared with what; `when` is the time, in words.
std::string subject_section(const Report& report, const std::string& when);

}  // namespace pgmend::report::html
