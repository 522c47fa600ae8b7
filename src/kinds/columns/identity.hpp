// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"

/// Identity as the column's room reads it: GENERATED ... AS IDENTITY, and in parentheses those
/// options of its sequence that are not the default.
namespace pgmend::kinds {

Judgement judge_identity(const Difference& difference);

/// All options of a sequence, those not named as they are by default, each behind `set`.
std::string sequence_options(std::string_view options, std::string_view set);

/// Changes its options, or makes the column an identity that goes on behind its last value and what
/// its sequence was counted to before, or no longer one.
Recipe mend_identity(const Object& expected, const Object& actual, const Facts& facts);

}  // namespace pgmend::kinds
