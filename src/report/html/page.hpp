// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/report.hpp"
#include "report/groups.hpp"

namespace pgmend::report::html {

/// The whole document. `picture` is a section of it, or empty; `when` is the time, in words.
std::string page(const Report& report, const Groups& groups, const std::string& picture,
                 const std::string& when);

}  // namespace pgmend::report::html
