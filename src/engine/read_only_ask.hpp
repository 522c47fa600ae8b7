// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "engine/ask.hpp"

namespace pgmend::engine {

/// What can be found out without writing anything, on a standby or without the TEMP right: what
/// type a text begins with. Everything else about the declarations is left unasked, with `reason`.
void ask_read_only(pg::Connection& connection, Kinds kinds,
                   const std::vector<const Declarations::Relation*>& relations,
                   const std::vector<std::string>& search_path, const std::string& reason,
                   Answer& answer);

}  // namespace pgmend::engine
