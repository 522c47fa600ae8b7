// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "model/kind.hpp"

/// A table that becomes a partitioned one, no longer is one, or gets another partition key: a new
/// one is made, and its rows are copied (PostgreSQL has no words for any of it).
namespace pgmend::kinds {

Judgement judge_form(const Difference& difference);
Judgement judge_partition_key(const Difference& difference);

/// Refuses where something else prescribes its columns.
Recipe copied_to_a_new_one(const Object& expected, const Object& actual);

/// Kind::copy_rows. Values of an identity column as well: they are what others refer to.
std::string copy_rows(const Object& to, const std::string& from,
                      std::span<const std::string> columns);

}  // namespace pgmend::kinds
