// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/watch/watch.hpp"

namespace pgmend::app {

struct NotifyOptions {
  std::optional<std::string> command;  // by the shell, with the report on stdin
  std::optional<std::string> webhook;  // a URL
  int tries = 3;                       // of the webhook
};

/// What is told of a sighting, for programs: the changes, and the report.
std::string change_json(const Sighting& seen);

/// Tells others of what has changed. `say`: of what went wrong with that; it ends nothing.
void notify(const Sighting& seen, const NotifyOptions& options, Clock& clock,
            const std::function<void(const std::string&)>& say);

}  // namespace pgmend::app
