// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>

#include "app/database/session.hpp"
#include "app/expected/sources/sources.hpp"

namespace pgmend::app {

/// Connects to the target when somebody asks, and only once: a source that needs no scratch
/// database can be found wrong before that.
class LateSession {
 public:
  using Connect = std::function<Session()>;

  explicit LateSession(Connect connect) : m_connect(std::move(connect)) {}

  /// Throws as app::connect().
  Session& get();
  /// The next get() connects anew.
  void forget() { m_session.reset(); }
  /// Scratch databases like the target. Must not outlive this.
  Scratch scratch(Scratch::Options options);

  /// With what there is to say of how the sources were read. A large expectation is still being
  /// read meanwhile: a fault in it is told first, for it is there whatever the database does.
  Session& get(const SourcePart& source, const Scratch& scratch);

 private:
  Connect m_connect;
  std::optional<Session> m_session;
};

}  // namespace pgmend::app
