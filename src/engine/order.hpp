// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/kind.hpp"
#include "model/report.hpp"

namespace pgmend::engine {

/// Steps in an order in which everything stands before what needs it, what goes has nothing left
/// that rests on it, and a name is free before it is given anew; otherwise as they were. `actual`
/// is the target as it is, with its dependencies, by which removals are ordered. Where two
/// relations that go refer to each other, what refers goes first, by a statement of its own.
std::vector<Step> in_order(std::vector<Step> steps, const std::vector<Finding>& findings,
                           const Schema& actual = {});

/// Takes out the steps that cannot be done, and marks their findings refused: those that rest on
/// something that is missing and not planned, and removals of what something that stays rests on.
void leave_out_impossible(std::vector<Step>& steps, std::vector<Finding>& findings,
                          const Schema& actual);

}  // namespace pgmend::engine
