// SPDX-License-Identifier: MIT
#include "cli/sources.hpp"

#include <utility>

#include "app/database/wait.hpp"
#include "app/errors.hpp"

namespace pgmend::cli {

app::Scratch::Options scratch_options(const Options& options) {
  return {.choice = options.scratch,
          .connect_timeout_seconds = options.connect_timeout_seconds,
          .log_sql = options.log_sql};
}

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

app::ConnectionRequest connection_request(const Options& options, const app::Project& project) {
  return {options.database, project.database, options.connect_timeout_seconds,
          options.log_sql,  options.role,     project.role};
}

app::Filter filter_of(const Options& options, const app::Project& project) {
  app::Filter filter = {options.schema_names.empty() ? project.schema_names : options.schema_names,
                        options.tables, options.kinds, project.ignore};
  filter.ignore.insert(filter.ignore.end(), options.ignore.begin(), options.ignore.end());
  return filter;
}

app::LateSession late_session(const Options& options, const app::Project& project) {
  const auto connect = [&options, &project] {
    return app::connect(connection_request(options, project));
  };
  bool has_waited = false;  // --wait is for the first connection
  return app::LateSession([=, &options]() mutable {
    if (!options.wait || std::exchange(has_waited, true)) return connect();
    std::optional<app::Session> session;
    const auto try_to_connect = [&] {
      try {
        session.emplace(connect());
      } catch (const app::UnverifiedError&) {
        return false;
      }
      return true;
    };
    // The last attempt is one whose error is told.
    return app::wait_until(*options.wait, try_to_connect) ? std::move(*session) : connect();
  });
}

}  // namespace pgmend::cli
