// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "engine/lock_holders.hpp"
#include "pg/connection.hpp"

namespace pgmend::engine {

/// A second session that sees what the first one's statement is doing. It is opened when it is
/// needed first; where none can be had (connections used up, say) nothing is seen, and that is all.
/// Behind a pooler it might have to wait for the first, and could not know its process.
class Observer {
 public:
  /// What the statement is doing at a moment.
  struct Sight {
    bool waits = false;             // for somebody else's lock or transaction
    std::vector<Blocker> blockers;  // for whom, if that can be found out
    std::string progress;           // "waiting for old snapshots, 42 %", where it is told
  };

  explicit Observer(pg::Connection& watched)
      : m_watched(watched), m_given_up(watched.is_pooled()) {}

  /// Throws nothing.
  std::optional<Sight> look() noexcept;

 private:
  Sight look_now();

  pg::Connection& m_watched;
  std::optional<pg::Connection> m_connection;
  int m_pid = 0;
  bool m_given_up;
};

}  // namespace pgmend::engine
