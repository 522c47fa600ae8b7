// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/database/session.hpp"
#include "app/fleet/members.hpp"
#include "app/fleet/parallel.hpp"

namespace pgmend::app {

/// The one session that a worker has at a time: kept for as long as it works in one database.
class Seat {
 public:
  explicit Seat(Turnstile& turnstile) : m_turnstile(&turnstile) {}

  /// Waits for its turn at the server. Throws as app::connect().
  Session& at(const Listed& member);
  void leave();

 private:
  Turnstile* m_turnstile;
  std::unique_ptr<Turnstile::Turn> m_turn;
  std::string m_place;
  std::optional<Session> m_session;
};

}  // namespace pgmend::app
