// SPDX-License-Identifier: MIT
#pragma once

#include "app/database/session.hpp"
#include "app/expected/schema_source.hpp"
#include "cli/options.hpp"

/// What the commands that read sources have in common.
namespace pgmend::cli {

app::SourceRequest source_request(const Options& options, std::vector<std::string> sources);

/// Where there is no target, such as for diff.
app::Scratch scratch_without_target(const Options& options);

/// Connects to the target when somebody asks, and only once: a source that needs no scratch
/// database can be found wrong before that.
class LateSession {
 public:
  LateSession(const Options& options, const app::Project& project)
      : m_options(options), m_project(project) {}

  app::Session& get();
  /// The next get() connects anew.
  void forget() { m_session.reset(); }
  /// Scratch databases like the target.
  app::Scratch scratch();

 private:
  const Options& m_options;
  const app::Project& m_project;
  std::optional<app::Session> m_session;
  bool m_has_waited = false;  // --wait is for the first connection
};

}  // namespace pgmend::cli
