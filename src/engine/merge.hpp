// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/kind.hpp"
#include "model/report.hpp"

namespace pgmend::engine {

/// Joins steps of one relation that are each a single action of the same statement, which removes
/// nothing before what rests on it.
std::vector<Step> merged(std::vector<Step> steps, const std::vector<Finding>& findings,
                         const Schema& actual);

}  // namespace pgmend::engine
