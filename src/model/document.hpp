// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "model/report.hpp"
#include "model/spec_error.hpp"

namespace pgmend {

/// A run that is over, as the formats tell it that are written in one piece. Of a run that ended
/// before there was a report, the report holds why (failure, interrupted) and nothing else.
struct Document {
  Report report;
  int exit_code = 0;
  std::vector<Fault> faults = {};  // what is wrong with the spec, if that is the failure
  std::chrono::system_clock::time_point started = {};
  std::string version = {};  // of pgmend
  std::string head = {};     // the migration that one is to follow; empty: there is only one
};

/// Why a form has nothing to say of a run: then it is not written, and people are told.
struct Unwritten {
  std::string why;
  std::string hint = {};
  bool is_usage = false;  // that form was asked for where it cannot be
};

}  // namespace pgmend
