// SPDX-License-Identifier: MIT
#include "engine/second_session.hpp"

#include <utility>

namespace pgmend::engine {

SecondSession::SecondSession(const pg::Connection& first, std::chrono::milliseconds lock_timeout)
    : m_pins{.lock_timeout = lock_timeout}, m_thread([this, &first] {
        try {
          m_connection.emplace(first.another());
          m_connection->set_role(first.role());
        } catch (const std::exception&) {  // there may be no room for another
        }
        if (m_go.get_future().get() && m_connection) run();
      }) {}

SecondSession::~SecondSession() {
  if (!std::exchange(m_is_told, true)) m_go.set_value(false);
  if (m_thread.joinable()) m_thread.join();
}

void SecondSession::start(std::span<const std::string> statements, const std::string& snapshot,
                          pg::Connection::TakeRow take) {
  m_statements = statements;
  m_pins.snapshot = snapshot;
  m_take = std::move(take);
  m_is_told = true;
  m_go.set_value(true);
}

void SecondSession::run() {
  try {
    pg::Transaction snapshot(*m_connection, pg::Transaction::Mode::read_only_snapshot, m_pins);
    m_has_begun = true;
    snapshot.copy_last({m_statements.begin(), m_statements.end()}, m_take);
  } catch (...) {
    m_failure = std::current_exception();
  }
}

bool SecondSession::finish() {
  m_thread.join();
  if (m_has_begun && m_failure) std::rethrow_exception(m_failure);
  return m_has_begun;
}

}  // namespace pgmend::engine
