// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.hpp"

/// What the rows that are there have against a repair: looked for before anything is changed, and
/// told with a count, a few keys, and the query that finds them all.
namespace pgmend::kinds {

/// Refuses where `from_where` ("FROM t WHERE ...") returns rows. In `refusal`, {} is replaced by
/// their number. `hint` ends where the query begins. `alias`: of the relation in from_where, if it
/// has one.
Stage no_rows(const Facts& facts, const std::string& from_where, std::string refusal,
              const std::string& hint, std::string_view alias = {});

/// Refuses where rows hold NULL.
Stage no_nulls(const Object& object, const std::string& column, const Facts& facts);

/// Refuses a unique key over data with duplicates before an hour is spent building it.
Stage no_duplicates(const Object& object, const std::vector<std::string>& key_expressions,
                    std::string_view predicate, bool nulls_distinct);

/// Refuses over rows that exclude each other. `comparisons`: an array of {key, operator}.
Stage no_conflicts(const Object& object, std::string_view comparisons, std::string_view predicate);

/// What takes NOT NULL into effect without a long lock: a CHECK that is validated first lets SET
/// NOT NULL skip its scan (PostgreSQL documentation, ALTER TABLE, "SET NOT NULL").
std::vector<Stage> set_not_null_stages(const Object& object, const std::string& column,
                                       const Facts& facts);

}  // namespace pgmend::kinds
