// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/compare/filter.hpp"
#include "app/database/target.hpp"
#include "ledger/own_names.hpp"
#include "source/lock_file.hpp"

namespace pgmend::app {

/// The kinds that are looked at: all but those that must be asked for and are not.
std::vector<const Kind*> kinds_with(const std::set<std::string>& with);

/// Reads all of a database. Throws UnverifiedError.
source::LockFile read_database(Target& target, const std::set<std::string>& with = {});

/// The same as it is written down: narrowed, and without what migration tools keep for themselves,
/// by the names that the project gives to it as well. Throws UnverifiedError.
source::LockFile read_to_write_down(Target& target, const Filter& filter,
                                    const std::set<std::string>& with,
                                    const std::vector<ledger::OwnName>& own);

}  // namespace pgmend::app
