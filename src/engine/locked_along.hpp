// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Objects that lock other relations when they are printed, by kind: their oids, as the kind's
/// query leaves them out, in parts that take only so many locks each.
using LockedAlong = std::map<const Kind*, std::vector<std::vector<unsigned>>>;

/// What of these kinds there is in the database, found by `query` (Scope::locked_along_query); of
/// `relations` only, if given.
LockedAlong read_locked_along(pg::Connection& connection, Kinds kinds, std::string_view query,
                              const std::vector<unsigned>* relations);

}  // namespace pgmend::engine
