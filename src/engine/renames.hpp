// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <vector>

#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// What is missing may have been renamed: beside it stands something of its make that nobody
/// expects, with rows. To add it would leave them behind, so the findings say so, and it is made
/// only where the other one is removed (Judgement::until_gone).
void suspect_renames(pg::Connection& connection, Kinds kinds, const Schema& expected,
                     const Schema& actual, std::chrono::milliseconds lock_timeout,
                     std::vector<Finding>& findings);

}  // namespace pgmend::engine
