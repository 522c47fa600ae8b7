// SPDX-License-Identifier: MIT
#include "app/fleet/seat.hpp"

#include <fmt/format.h>

#include "app/database/no_database.hpp"
#include "app/errors.hpp"
#include "util/text.hpp"

namespace pgmend::app {

Session& Seat::at(const Listed& member) {
  if (m_session && m_place == member.place && m_session->target.connection.is_alive())
    return *m_session;
  leave();
  m_turn = std::make_unique<Turnstile::Turn>(*m_turnstile, member.server);
  try {
    if (m_turnstile->is_silent(member.server))
      throw UnverifiedError(
          fmt::format("{}: its server did not answer others either, and was not asked again",
                      text::visible(member.name)),
          "check host, port and firewall; wait longer with --connect-timeout",
          "its server did not answer others either");
    m_session.emplace(connect(member.connection));
    m_turnstile->has_answered(member.server, true);
  } catch (const SilentServerError&) {
    m_turnstile->has_answered(member.server, false);
    leave();
    throw;
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
