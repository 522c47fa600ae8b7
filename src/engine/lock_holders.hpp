// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "pg/connection.hpp"

namespace pgmend::engine {

/// Somebody who holds, or waits for, a lock that keeps even readers from a relation.
struct LockHolder {
  unsigned relation = 0;
  std::string schema;
  std::string name;
  std::string words;  // "pid 4711 (psql, for 12 s): ALTER …"
};

/// Those who hold an ACCESS EXCLUSIVE lock on any of the relations, one for each relation.
std::vector<LockHolder> find_lock_holders(pg::Connection& connection,
                                          const std::vector<unsigned>& relations);

/// Everybody else who holds any lock on the relation: who may be in the way of our own. In words,
/// longest transaction first; empty if there is nobody.
std::string describe_others(pg::Connection& connection, const std::string& schema,
                            const std::string& relation);

}  // namespace pgmend::engine
