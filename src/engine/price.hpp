// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "model/plan.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Of all its stages the most that one takes.
Cost cost_of(const Recipe& recipe);

/// A relation with all that is below it.
struct RelationSize {
  unsigned long long bytes = 0;
  std::string words;   // "12 GB"
  long long rows = 0;  // what the last ANALYZE or VACUUM saw
};

/// `relation`: its quoted name. Nothing where there is none, or where that cannot be read now.
std::optional<RelationSize> size_of(pg::Connection& connection, const std::string& relation);

/// What a recipe costs, in plain words: what it does, the heaviest lock that it does that under, a
/// heavier one that it takes for a moment, and how large the relation is ("writes rows; ROW
/// EXCLUSIVE lock, which blocks nothing; for a moment ACCESS EXCLUSIVE lock, which blocks reads and
/// writes; items has 1200 kB, about 20000 rows"). The size is left out where there is no such
/// relation or it cannot be read.
std::string price(pg::Connection& connection, const std::string& schema,
                  const std::string& relation, const Recipe& recipe);

}  // namespace pgmend::engine
