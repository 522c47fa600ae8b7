// SPDX-License-Identifier: MIT
#include "app/expected/late_session.hpp"

#include "app/errors.hpp"

namespace pgmend::app {

Session& LateSession::get() {
  if (!m_session) m_session.emplace(m_connect());
  return *m_session;
}

Scratch LateSession::scratch(Scratch::Options options) {
  return Scratch(std::move(options), [this] { return scratch_target(get()); });
}

Session& LateSession::get(const SourcePart& source, const Scratch& scratch) {
  try {
    get();
  } catch (const UnverifiedError&) {
    refuse_empty(source.expectation);
    throw;
  }
  auto& notes = m_session->subject.notes;
  for (const auto& more : {source.notes, scratch.notes()})
    notes.insert(notes.end(), more.begin(), more.end());
  return *m_session;
}

}  // namespace pgmend::app
