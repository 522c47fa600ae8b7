// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/kind.hpp"
#include "model/report.hpp"

namespace pgmend::engine {

/// Takes out the steps that the server would refuse, and marks their findings refused: those that
/// rest on something that is missing and not planned, or on something of another sort; those whose
/// name something else of the relation keeps; removals of what something that stays rests on.
void leave_out_impossible(std::vector<Step>& steps, std::vector<Finding>& findings,
                          const Schema& actual);

}  // namespace pgmend::engine
