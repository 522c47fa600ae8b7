// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Looks at what is missing once more: its name may be taken by something else, or it may stand in
/// another schema, where it is not expected. Either way it must not be created, and the finding
/// says so; unless its room knows how to put it in the place of what has the name. `only_schema`:
/// the one that is looked at, if it is only one: others hold the same by design.
void look_around(pg::Connection& connection, const Schema& expected, const Schema& actual,
                 const std::string& only_schema, std::vector<Finding>& findings);

/// The object that has this name, among all of which it is unique; null if no kind reads it as one.
const Object* occupant_of(const Kind& kind, const Name& name, const Schema& actual);

}  // namespace pgmend::engine
