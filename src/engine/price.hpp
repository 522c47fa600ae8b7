// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

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

/// By their quoted names, asked all at once. Those are left out that do not exist or cannot be read
/// now.
std::map<std::string, RelationSize> sizes_of(pg::Connection& connection,
                                             const std::vector<std::string>& relations);

/// What a recipe costs, in plain words: what it does, the heaviest lock that it does that under,
/// and a heavier one that it takes for a moment ("writes rows; ROW EXCLUSIVE lock, which blocks
/// nothing; for a moment ACCESS EXCLUSIVE lock, which blocks reads and writes").
std::string price(const Recipe& recipe);

/// "items has 1200 kB, about 20000 rows".
std::string size_words(const std::string& relation, const RelationSize& size);

}  // namespace pgmend::engine
