// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"

/// NOT NULL of columns: a flag, since 18 a constraint with a name (PostgreSQL documentation,
/// section 5.5.2 "Not-Null Constraints").
namespace pgmend::kinds {

/// " CONSTRAINT name NOT NULL". `name`: the attribute that names its constraint. `on`: the column,
/// where the constraint does not stand behind it.
std::string not_null_clause(const Object& column, std::string_view name,
                            const std::string& on = {});

/// Neither CREATE TABLE nor ADD COLUMN can say NOT VALID, but what adds the constraint by itself
/// can, since 18. What has to be NOT NULL for its parent or its identity stays valid.
std::vector<std::string> not_valid_statements(const Object& column, std::string_view name,
                                              const Facts& facts);

Judgement judge_not_null(const Difference& difference);
Judgement judge_not_valid(const Difference& difference);
Judgement judge_not_null_name(const Difference& difference);

/// Makes it NOT NULL; rows that hold NULL stand against it.
std::vector<Stage> not_null_stages(const Object& column, const Facts& facts);

Recipe mend_not_null(const Object& expected, const Object& actual, const Facts& facts);
Recipe validate_not_null(const Object& expected, const Object& actual, const Facts& facts);
Recipe mend_no_inherit(const Object& expected, const Object& actual);

}  // namespace pgmend::kinds
