// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "app/compare/filter.hpp"
#include "app/errors.hpp"
#include "engine/unread.hpp"
#include "model/report.hpp"

/// What is said and done where somebody holds a relation locked, so that it could not be read.
namespace pgmend::app {

/// Takes it out of the declarations; each relation becomes a finding.
Declarations without_unread(Declarations declarations, const std::vector<engine::Unread>& unread,
                            Kinds kinds, std::vector<Finding>& findings);

/// Takes it out of what is expected: it is neither there nor missing. What was expected of it
/// becomes one finding.
std::shared_ptr<const Schema> without_unread(const std::shared_ptr<const Schema>& expected,
                                             const std::vector<engine::Unread>& unread,
                                             std::vector<Finding>& findings);

/// Where what is not expected is drift: the relations that nobody expects become findings too.
void add_unexpected(const Schema& expected, const std::vector<engine::Unread>& unread, Kinds kinds,
                    const Filter& filter, std::vector<Finding>& findings);

/// For those who need all of a schema or nothing.
UnverifiedError unread_error(const engine::Unread& unread);
/// As above if that is what the error comes from.
UnverifiedError unverified(pg::Connection& connection, const pg::Error& error);

}  // namespace pgmend::app
