// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "model/kind.hpp"

namespace pgmend::engine {

/// What rests on what, from below. Orders put each object after all that rests on it.
class Dependents {
 public:
  /// Of a schema whose dependencies were read, and that outlives this. What only describes others
  /// rests on nothing.
  explicit Dependents(const Schema& schema);

  /// All that rests on the object, which comes last.
  std::vector<const Object*> resting_on(const Object& object) const;
  /// The same without the object, and without what the server carries along when it changes.
  std::vector<const Object*> in_the_way_of(const Object& object) const;
  /// What holds values of the object, or of what holds them in turn.
  std::vector<const Object*> holding(const Object& object) const;
  /// All that rests on the object, which comes last, where `moved` are moved to another in its
  /// stead: what rests on these alone is carried along with them.
  std::vector<const Object*> resting_on(const Object& object,
                                        const std::set<const Object*>& moved) const;

 private:
  std::vector<const Object*> of(const Object& object) const;
  void visit(const Object& object, const std::set<const Object*>& moved,
             std::set<const Object*>& seen, std::vector<const Object*>& order) const;

  const Schema& m_schema;
  std::multimap<std::pair<const Kind*, Name>, const Object*> m_dependents;
};

}  // namespace pgmend::engine
