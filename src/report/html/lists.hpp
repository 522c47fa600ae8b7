// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/report.hpp"
#include "report/groups.hpp"

/// What the page ends with; each is empty where there is nothing to list.
namespace pgmend::report::html {

/// The repairs in the order in which they are sent.
std::string plan_section(const Report& report);

std::string correct_section(const Groups& groups);

/// What is there and was not compared.
std::string unmodelled_section(const Report& report);

}  // namespace pgmend::report::html
