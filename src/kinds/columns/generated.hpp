// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "model/kind.hpp"

/// Generated columns (PostgreSQL documentation, section 5.4 "Generated Columns").
namespace pgmend::kinds {

/// Of "generated". A stored one becomes a plain one in place, and keeps its values; everything else
/// takes a new column.
Judgement judge_generated(const Difference& difference);
Judgement judge_expression(const Difference& difference);

/// STORED or VIRTUAL; stored where nothing is known of it, which every version takes.
std::string generated_form(const Object& column);

/// Makes a stored generated column a plain one.
std::string drop_expression(const Object& column);

Recipe mend_generated(const Object& expected, const Object& actual);
Recipe mend_expression(const Object& expected, const Object& actual, const Facts& facts);

}  // namespace pgmend::kinds
