// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "model/kind.hpp"

/// The sequence behind a serial or identity column: its name, type, persistence, and who else uses
/// it (PostgreSQL documentation, "Serial Types" and CREATE SEQUENCE, "OWNED BY").
namespace pgmend::kinds {

struct SequenceName {
  std::string schema;
  std::string name;
};

/// That of a quoted and qualified name.
SequenceName sequence_parsed(const std::string& qualified);
/// The name of the column's sequence as it is known to be, or as the server would choose it.
SequenceName wanted_name(const Object& column);
/// Whether the sequence is known to be meant to have another name.
bool is_misnamed(const Object& column, const std::string& sequence);
std::string rename_sequence(const Object& column, const std::string& from);
/// PL/pgSQL that gives the sequence in the variable `sequence` its name, if that is known.
std::string naming(const Object& column);

/// The sequence that a serial column owns, or that of an identity column, as an expression of type
/// text. The latter may still own one from before.
std::string own_sequence(const Object& column);

/// What uses or owns a sequence beside the column, its partitions and its children: one row for
/// each. `sequence` is an expression of type regclass. Defaults, views and functions hold it by
/// dependencies of the type n, serial and identity columns by a and i.
std::string others_of(const std::string& sequence, const Object& column);
/// Stands against a step if there is any.
Stage is_unshared(const std::string& sequence, const Object& column, const std::string& hint);

/// Stands against giving the column's sequence its name: something else has it. `unless`: a
/// condition on the relation c under which it is none.
Stage name_is_free(const Object& column, const std::string& unless = "false");

Judgement judge_sequence_type(const Difference& difference);
/// It ends where the column does: worth knowing, not wrong.
Judgement judge_wider_sequence(const Difference& difference);

/// Gives the column's sequence the type that is expected, if it has another.
std::vector<Stage> sequence_type_stages(const Object& expected, const Object& actual);

/// The column has one, and the other side says something of its persistence.
Judgement judge_sequence_detail(const Difference& difference);

/// An owned sequence stands in the schema of its table, always: so its name is all there is to it.
Recipe mend_sequence_name(const Object& expected, const Object& actual);
Recipe mend_sequence_persistence(const Object& expected, const Object& actual);

/// That of its sequence, where it is known.
std::string known_sequence_name(const Object& column);

/// serial_type() says all there is to say of it, but for what its sequence has of its own.
bool is_plain_serial(const Object& column);

/// What is left to do after a column was made as serial or identity: its type and nullability where
/// those are not of serial, and what its sequence has that the server would not have given it.
std::vector<std::string> sequence_statements(const Object& column, const Facts& facts);
Lock sequence_lock(const Object& column);

}  // namespace pgmend::kinds
