// SPDX-License-Identifier: MIT
#include "app/fleet/seat.hpp"

namespace pgmend::app {

Session& Seat::at(const Listed& member) {
  if (m_session && m_place == member.place && m_session->target.connection.is_alive())
    return *m_session;
  leave();
  m_turn = std::make_unique<Turnstile::Turn>(*m_turnstile, member.server);
  try {
    m_session.emplace(connect(member.connection));
  } catch (...) {
    leave();
    throw;
  }
  m_place = member.place;
  return *m_session;
}

/// The next one's turn comes when the session has ended.
void Seat::leave() {
  m_session.reset();
  m_turn.reset();
}

}  // namespace pgmend::app
