// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <vector>

#include "engine/compare.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Asks the server about texts that differ: both sides are created on twins and read back, so that
/// what two spellings come to can be compared. Returns a finding for each doubt that is left:
/// a difference, or, where the server could not be asked, one marked unconfirmed; and one for each
/// object with lookalikes: missing, or there under another name.
std::vector<Finding> second_opinion(pg::Connection& connection, Kinds kinds, const Schema& actual,
                                    const Comparison& comparison,
                                    std::chrono::milliseconds lock_timeout);

}  // namespace pgmend::engine
