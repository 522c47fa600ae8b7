// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"

/// Columns that own the sequence of their default (PostgreSQL documentation, "Serial Types").
namespace pgmend::kinds {

/// serial, bigserial or smallserial: the word for a column of this type that owns its sequence.
std::string_view serial_type(const std::string& type);

Judgement judge_serial(const Difference& difference);

/// Lets the column own a sequence that is ahead of its values, and take its default from it.
Recipe mend_serial(const Object& expected, const Object& actual, const Facts& facts);

Judgement judge_sequence_type(const Difference& difference);
/// It ends where the column does: worth knowing, not wrong.
Judgement judge_wider_sequence(const Difference& difference);

/// Gives the column's sequence the type that is expected, if it has another.
std::vector<Stage> sequence_type_stages(const Object& expected, const Object& actual);

/// Gives the sequence of a column that was just made its type and options; empty if they are the
/// default.
std::vector<std::string> serial_option_statements(const Object& column);

}  // namespace pgmend::kinds
