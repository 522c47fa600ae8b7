// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/kind.hpp"

namespace pgmend::app {

/// One way in which a finding turns up, on an example: what the room says that it amounts to, and
/// the recipe that it writes.
struct Case {
  Finding finding;
  Recipe recipe;  // empty where the judgement allows none
  /// Dropped and created again: what that sends is in the recipe, without what rests on the object.
  bool anew = false;
  bool has_own_way = false;    // of doing that; else the planner takes along what rests on it
  bool rewrites = false;       // where a rehearsal shows that the plain statement would rewrite
  bool made_up_value = false;  // the examples hold no other value: the one that is there means
                               // nothing
};

/// The cases that differ in what follows from them, the plainest first. All come from the rooms'
/// own judgements and recipes, for a table that has rows.
std::vector<Case> cases_of(const Kind& kind, Sort sort);
std::vector<Case> cases_of(const Kind& kind, const Attribute& attribute);

}  // namespace pgmend::app
