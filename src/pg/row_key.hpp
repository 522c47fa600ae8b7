// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/plan.hpp"
#include "pg/connection.hpp"

namespace pgmend::pg {

/// The columns that tell the rows of a relation apart: its primary key, or another key that is as
/// good. Empty if it has none. To be called within a transaction.
std::vector<KeyColumn> row_key(Connection& connection, const std::string& schema,
                               const std::string& relation);

}  // namespace pgmend::pg
