// SPDX-License-Identifier: MIT
#include "cli/sources.hpp"

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
  if (!m_session)
    m_session.emplace(
        app::connect({m_options.database, m_project.database, m_options.connect_timeout_seconds,
                      m_options.log_sql, m_options.role}));
  return *m_session;
}

app::Scratch LateSession::scratch() {
  return app::Scratch(scratch_options(m_options), [this] {
    auto& session = get();
    return app::scratch_target(session);
  });
}

}  // namespace pgmend::cli
