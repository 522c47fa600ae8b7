// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/plan.hpp"

namespace pgmend::app {

/// Which functions of a plan make calls ambiguous that work now, for people: one that can be called
/// with the same arguments as another of its name, since it has defaults or that has, leaves the
/// server no choice ("function pay(integer) is not unique").
std::vector<std::string> overload_notes(const Plan& plan, const std::vector<Finding>& findings,
                                        const Schema& actual);

}  // namespace pgmend::app
