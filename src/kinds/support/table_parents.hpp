// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/kind.hpp"

/// What a table is a partition or a child of (PostgreSQL documentation, sections 5.11 "Inheritance"
/// and 5.12 "Table Partitioning").
namespace pgmend::kinds {

/// ALTER TABLE ... ATTACH PARTITION, as the attributes "partition_of" and "bound" say.
std::string attach_partition(const Object& table);

/// Detaches it, or ends what was begun of that, and attaches it where it is expected.
Recipe mend_partition_of(const Object& expected, const Object& actual);

/// From one parent to another.
Recipe mend_inherits(const Object& expected, const Object& actual);

}  // namespace pgmend::kinds
