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
/// object with lookalikes: missing, or there under another name. `oldest_major`: of the servers
/// that printed the texts; 0: not known.
std::vector<Finding> second_opinion(pg::Connection& connection, Kinds kinds, const Schema& actual,
                                    const Comparison& comparison,
                                    std::chrono::milliseconds lock_timeout, int oldest_major = 0);

/// What the server refused for now, since it rests on something that is to be mended as well, is
/// judged as any other finding: it is tried when that is done.
void ask_again_later(std::vector<Finding>& findings);

}  // namespace pgmend::engine
