// SPDX-License-Identifier: MIT
#include "cli/sources.hpp"

#include <utility>

#include "app/database/wait.hpp"
#include "app/errors.hpp"

namespace pgmend::cli {

namespace {

app::Scratch::Options scratch_options(const Options& options) {
  return {.choice = options.scratch,
          .connect_timeout_seconds = options.connect_timeout_seconds,
          .log_sql = options.log_sql};
}

}  // namespace

app::SourceRequest source_request(const Options& options, std::vector<std::string> sources) {
  return {.sources = std::move(sources),
          .connect_timeout_seconds = options.connect_timeout_seconds,
          .log_sql = options.log_sql,
          .with = options.with,
          .python = options.python,
          .python_timeout = options.python_timeout};
}

app::Scratch scratch_without_target(const Options& options) {
  return app::Scratch(scratch_options(options));
}

app::Session& LateSession::get() {
  if (m_session) return *m_session;
  const auto connect = [this] {
    m_session.emplace(
        app::connect({m_options.database, m_project.database, m_options.connect_timeout_seconds,
                      m_options.log_sql, m_options.role, m_project.role}));
  };
  const auto try_to_connect = [&] {
    try {
      connect();
    } catch (const app::UnverifiedError&) {
      return false;
    }
    return true;
  };
  // The last attempt is one whose error is told.
  if (!m_options.wait || std::exchange(m_has_waited, true) ||
      !app::wait_until(*m_options.wait, try_to_connect))
    connect();
  return *m_session;
}

app::Scratch LateSession::scratch() {
  return app::Scratch(scratch_options(m_options), [this] {
    auto& session = get();
    return app::scratch_target(session);
  });
}

}  // namespace pgmend::cli
