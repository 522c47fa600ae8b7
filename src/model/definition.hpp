// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/finding.hpp"
#include "model/object.hpp"

namespace pgmend {

/// What an object is, as SQL: what stands behind its name in a declaration or, for kinds that have
/// no such words, the statement that makes it. `side` holds its parts. Empty if that is not known.
std::string definition(const Object& object, const Schema& side);

/// A state that nobody expects: only what is found tells something.
bool is_fault(const Finding& finding);

/// Stands inside the parentheses of its owner.
bool is_element(const Object& part);

/// It is part of what is missing, and stands within the definition of that.
bool is_told_by_owner(const Finding& finding);

/// The object is missing, all of it, and that is wrong.
bool is_missing(const Finding& finding);

/// What is expected, or there: the attribute's value, or the definition of the object. Absent where
/// it is not there, or its definition is not known.
Value expected_of(const Finding& finding, const Schema& expected);
Value actual_of(const Finding& finding);

}  // namespace pgmend
