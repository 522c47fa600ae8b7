// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"
#include "pg/result.hpp"

namespace pgmend::engine {

/// Objects that lock other relations when they are printed, by kind: their oids, as the kind's
/// query leaves them out, in parts that take only so many locks each.
using LockedAlong = std::map<const Kind*, std::vector<std::vector<unsigned>>>;

/// Whether there may be any, if the database holds objects of these kinds only.
bool can_lock_along(Kinds kinds, std::string_view query);

/// What asks for them: `query` is Scope::locked_along_query; of `relations` only, if given.
std::string render_locked_along(std::string_view query, int server_major,
                                const std::vector<unsigned>* relations);

/// The answer to that, as far as it is about these kinds.
LockedAlong read_locked_along(const pg::Result& found, Kinds kinds);

}  // namespace pgmend::engine
