// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/inspect.hpp"
#include "engine/twin.hpp"
#include "model/kind.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Which of these missing objects would rewrite their relation if they were created by their plain
/// statements: tried on empty twins, all in one round trip, and rolled back. Ends with the first
/// that the server refuses: of that one and those behind it nothing is said.
std::map<const Object*, bool> rehearse(pg::Connection& connection, const Schema& actual,
                                       const std::vector<const Object*>& objects,
                                       std::chrono::milliseconds lock_timeout);

struct Rehearsal {
  Rehearsed outcome = Rehearsed::not_tried;
  std::string error = {};  // the server's, where it refused
};

/// What a change will find, when its turn comes.
struct Surroundings {
  const Schema& expected;  // what is missing of it was made, if the change rests on it
  const Schema& actual;
  const std::set<ObjectKey>& leaving;  // what is gone of that
};

/// All that is tried for a change, whatever the names of the relation and of what is built on it:
/// changes of which it is the same come out the same. Empty where something has to be made first.
std::string rehearsal_of_any(const Surroundings& around, const Finding& finding,
                             const Facts& facts);

/// What the first transaction of the room's recipe for one attribute comes to, tried on an empty
/// twin of the relation with all that is built on it.
Rehearsal rehearse_change(ProbeTransaction& probe, const Surroundings& around,
                          const Finding& finding, const Facts& facts);

}  // namespace pgmend::engine
