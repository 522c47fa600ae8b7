// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"

/// Identity as the column's room reads it: GENERATED ... AS IDENTITY, and in parentheses those
/// options of its sequence that are not the default.
namespace pgmend::kinds {

/// Options can be changed in place; from or to another sort of identity, pgmend changes nothing.
Judgement judge_identity(const Difference& difference);

/// "SET INCREMENT BY 1 SET ...": all options, as `identity` has them or by default.
std::string set_identity_options(std::string_view identity);

/// All options of a sequence, those not named as they are by default, each behind `set`.
std::string sequence_options(std::string_view options, std::string_view set);

/// Makes a column without any default an identity column that goes on behind its last value.
std::vector<std::string> add_identity(const Object& column);

}  // namespace pgmend::kinds
