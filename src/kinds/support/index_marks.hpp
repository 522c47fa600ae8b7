// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/kind.hpp"

/// What is said of an index beyond its definition, and goes with it: statistics targets of its
/// expressions, and that its relation is clustered by it or has it as replica identity.
namespace pgmend::kinds {

/// Sets the targets in the attribute "statistics", as in "2 SET STATISTICS 500"; none if there are
/// none.
std::vector<std::string> index_statistics(const Object& index);

Recipe mend_index_statistics(const Object& expected, const Object& actual);

/// What takes the place of `actual`: targets that are not stated stay as they are, as long as the
/// keys do.
Object with_statistics(Object expected, const Object& actual);

/// Statements that say of a new index, or of the index of a new constraint, what is expected of it
/// and what its relation says of one of that name: it may have taken its place.
std::vector<std::string> marks_of(const Object& index, const Facts& facts);

/// Where the relation has it as replica identity, and would be left without one: only a unique
/// index can be that, without a condition and not deferrable.
std::optional<Recipe> refusal_for_identity(const Object& index, const Facts& facts);

/// Says it together with the last stage, where that is a transaction: nobody sees the relation
/// without.
Recipe marked(Recipe recipe, const Object& index, const Facts& facts);

}  // namespace pgmend::kinds
