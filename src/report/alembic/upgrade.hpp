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

/// Not a state that comes to be in one database, by rows or by what somebody switched off: a
/// sequence that is behind, triggers that are disabled.
bool is_for_migrations(const Finding& finding);

/// The repairs of the report's plan, each asked for beforehand whether it is done already.
Upgrade upgrade(const Report& report);

}  // namespace pgmend::report::revision
