// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/plan.hpp"
#include "pg/connection.hpp"

namespace pgmend::app {

/// What subscribers of this database will not get of a plan, for people. Logical replication
/// carries rows and no DDL (PostgreSQL documentation, section 29.8): a subscriber that lacks a new
/// column stops applying. Throws pg::Error.
std::vector<std::string> replication_notes(pg::Connection& connection, const Plan& plan,
                                           const std::vector<Finding>& findings);

}  // namespace pgmend::app
