// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

/// Indexes of partitioned tables (PostgreSQL documentation, section 5.11.2.2, "Partition
/// Maintenance").
namespace pgmend::kinds {

/// CREATE INDEX as the object is, by another name on another table; `how` is CONCURRENTLY or not.
using CreateIndex = std::string (*)(const Object& index, std::string_view name,
                                    std::string_view how, const std::string& table);

/// Such an index is valid as soon as every partition has one attached: builds those that are
/// lacking, without blocking writes, and attaches them.
Recipe attach_partitions(const Object& expected, const Object& actual, CreateIndex create_on);

/// Builds one that is missing, in the same way: the table's own first, without its partitions and
/// so INVALID; a run that is stopped is continued by attach_partitions().
std::vector<Stage> build_on_partitions(const Object& expected,
                                       const std::vector<Partition>& partitions,
                                       CreateIndex create_on);

}  // namespace pgmend::kinds
