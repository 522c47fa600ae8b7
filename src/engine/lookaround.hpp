// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Looks at what is missing once more: its name may be taken by something else, or it may stand in
/// another schema, where it is not expected. Either way it must not be created, and the finding
/// says so.
void look_around(pg::Connection& connection, const Schema& expected,
                 std::vector<Finding>& findings);

}  // namespace pgmend::engine
