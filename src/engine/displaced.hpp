// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <vector>

#include "engine/dependents.hpp"
#include "model/kind.hpp"

namespace pgmend::engine {

/// What happens to all that rests on an object that is made anew while others hold its values:
/// these are moved, what holds them within stands aside for the time of it, the rest goes and comes
/// back.
class Displaced {
 public:
  /// All of them outlive this.
  Displaced(const Object& expected, const Object& actual, const std::vector<const Object*>& holders,
            const Dependents& dependents);

  const Exchange& exchange() const { return m_exchange; }
  /// What is dropped, each after what rests on it.
  const std::vector<const Object*>& leaving() const { return m_leaving; }
  /// What the holders need when they are moved, and what comes back behind them; each after what
  /// rests on it, and the object itself the last that they need.
  const std::vector<const Object*>& needed() const { return m_needed; }
  const std::vector<const Object*>& others() const { return m_others; }
  std::vector<Stage> set_aside() const;
  std::vector<Stage> drop_what_stands_aside() const;

 private:
  Exchange m_exchange;
  std::vector<const Object*> m_leaving;
  std::vector<const Object*> m_needed;
  std::vector<const Object*> m_others;
};

}  // namespace pgmend::engine
