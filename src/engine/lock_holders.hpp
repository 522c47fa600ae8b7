// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "model/plan.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// Somebody who holds, or waits for, a lock that keeps even readers from a relation.
struct LockHolder {
  unsigned relation = 0;
  std::string schema;
  std::string name;
  std::string words;  // "pid 4711 (psql), in its transaction for 12 s: ALTER …"
};

/// Those who hold an ACCESS EXCLUSIVE lock on any relation, or wait for one; one for each relation.
std::vector<LockHolder> find_lock_holders(pg::Connection& connection);

/// Somebody in the way of a lock.
struct Blocker {
  std::string words;            // as above; or "prepared transaction gid of owner, for 12 s"
  std::string remedy;           // what would end it, where it does not end by itself
  std::chrono::seconds age{0};  // of its transaction
};

/// Those who hold locks on these relations (quoted names), their children included, that do not go
/// together with `lock`; the longest transactions first.
std::vector<Blocker> find_blockers(pg::Connection& connection,
                                   const std::vector<std::string>& relations, Lock lock);

/// Those whom the server process `pid` is waiting for, seen from another session.
std::vector<Blocker> find_blockers_of(pg::Connection& connection, int pid);

/// The first few, in words; empty if there is nobody.
std::string describe(const std::vector<Blocker>& blockers);

/// "; in the way: " and the first few; empty if there is nobody.
std::string in_the_way(const std::vector<Blocker>& blockers);

/// A hint: what ends the one that does not end by itself, and what to do `then`; or `otherwise`.
std::string way_out(const std::vector<Blocker>& blockers, std::string_view then,
                    std::string_view otherwise);

}  // namespace pgmend::engine
