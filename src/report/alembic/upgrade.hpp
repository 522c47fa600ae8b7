// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "model/report.hpp"

namespace pgmend::report::revision {

/// The body of upgrade(), and what of the revision it calls.
struct Upgrade {
  std::string body;
  std::set<std::string_view> queries;  // constants, as in guards.hpp
  bool lacks = false;                  // the functions
  bool has = false;
  bool refuses = false;
};

/// The repairs of the report's plan, each asked for beforehand whether it is done already.
Upgrade upgrade(const Report& report);

}  // namespace pgmend::report::revision
