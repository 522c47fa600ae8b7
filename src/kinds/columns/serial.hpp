// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
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

/// The column has one, and the other side says something of its persistence.
Judgement judge_sequence_persistence(const Difference& difference);

/// An owned sequence stands in the schema of its table, always: so its name is all there is to it.
Recipe mend_sequence_name(const Object& expected, const Object& actual);
Recipe mend_sequence_persistence(const Object& expected, const Object& actual);

/// That of its sequence, where it is known.
std::string known_sequence_name(const Object& column);
/// Stands against a step if something else has that name; nothing where it is not known.
std::optional<Stage> sequence_name_is_free(const Object& column);

/// serial_type() says all there is to say of it, but for what its sequence has of its own.
bool is_plain_serial(const Object& column);

/// What is left to do after a column was made as serial or identity: its type and nullability where
/// those are not of serial, and what its sequence has that the server would not have given it.
std::vector<std::string> sequence_statements(const Object& column, const Facts& facts);
Lock sequence_lock(const Object& column);

}  // namespace pgmend::kinds
