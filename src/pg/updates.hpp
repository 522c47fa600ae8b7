// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pg/connection.hpp"

namespace pgmend::pg {

/// What stands against an UPDATE of all rows of a table by this role.
struct Updates {
  std::string obstacle = {};  // why it fails or changes nothing; empty: nothing is known
  std::string triggers = {};  // that fire before it, and may keep a row as it is: "touch, audit"
};

/// For each of these relations (schema, name), in their order.
std::vector<Updates> updates(Connection& connection,
                             const std::vector<std::pair<std::string, std::string>>& relations);

}  // namespace pgmend::pg
