// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <utility>
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

/// For each step that removes something (by its position), what rests on that, is to stay, and is
/// not changed.
std::map<std::size_t, const Object*> still_needed(const std::vector<Step>& steps,
                                                  const std::vector<Finding>& findings,
                                                  const Schema& actual);

}  // namespace pgmend::engine
