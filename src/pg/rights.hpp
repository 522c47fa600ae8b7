// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pg/connection.hpp"

/// What the acting role may do. All of these are to be called within a transaction, return the role
/// (role, spelled for SQL) and one row for each object that there is.
namespace pgmend::pg {

/// Whose relations are, given a quoted name and a right ("TRIGGER"; empty: none is asked about)
/// each: for each that exists a row with its position, from 1 (number); owner, spelled for SQL;
/// whether the role has all rights of the owner (owns), whether the user could become the owner
/// (is_member), and whether the role has that right, which would be enough (is_enough).
Result ownerships(Connection& connection,
                  const std::vector<std::pair<std::string, std::string>>& relations);

/// Whether it may create objects in a schema (creates).
Result right_to_create_in(Connection& connection, const std::string& schema);

/// The role, and whether it is a superuser (is_superuser).
Result acting_role(Connection& connection);

/// Whether foreign keys may refer to a relation, a quoted name (may_refer), and whether it may be
/// read (may_read), without which nobody can tell whether its rows are there.
Result right_to_refer_to(Connection& connection, const std::string& relation);

}  // namespace pgmend::pg
