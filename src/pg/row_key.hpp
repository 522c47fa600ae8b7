// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/plan.hpp"
#include "pg/connection.hpp"

namespace pgmend::pg {

/// Of each relation (schema, name) the columns that tell its rows apart: its primary key, or
/// another key that is as good. Empty if it has none. To be called within a transaction.
std::vector<std::vector<KeyColumn>> row_keys(
    Connection& connection, const std::vector<std::pair<std::string, std::string>>& relations);

}  // namespace pgmend::pg
