// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "ledger/python_tokens.hpp"

/// Constraints and indexes without a name in a script: PostgreSQL or SQLAlchemy makes one up, of
/// the table, the columns and a sign of what it is.
namespace pgmend::ledger {

/// Sorts of what may have no name, as bits.
using UnnamedSorts = unsigned;

/// Those that a statement of Python makes or speaks of, in calls or in SQL.
UnnamedSorts unnamed_in(const std::vector<Token>& statement);

/// The one whose made-up names are like this one, which is in lower case; none: 0.
UnnamedSorts sort_of_made_up(std::string_view name);

}  // namespace pgmend::ledger
