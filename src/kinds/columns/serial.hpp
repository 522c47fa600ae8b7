// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

/// Columns that own the sequence of their default (PostgreSQL documentation, "Serial Types").
namespace pgmend::kinds {

/// serial, bigserial or smallserial: the word for a column of this type that owns its sequence.
std::string_view serial_type(const std::string& type);

Judgement judge_serial(const Difference& difference);

/// Lets the column own a sequence that is ahead of its values and of what it was counted to before,
/// and take its default from it; or no longer take it from there. The sequence itself stays then.
Recipe mend_serial(const Object& expected, const Object& actual, const Facts& facts);

}  // namespace pgmend::kinds
