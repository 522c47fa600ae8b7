// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>

/// SIGINT and SIGTERM as something the waiting parts of the program can see.
namespace pgmend::interrupt {

/// Ends a run that the user or the system asked to stop. Not an error: exit code 130.
struct Interrupted : std::runtime_error {
  explicit Interrupted(const std::string& words = "interrupted") : std::runtime_error(words) {}
};

/// From here on SIGINT and SIGTERM no longer end the process but set the flag. A second SIGINT
/// while the first is still being handled does end it.
void install();

bool requested();
/// Also while it is shielded against.
bool caught();

/// Becomes readable once a stop was requested: for poll(2). -1 before install().
int wake_fd();

/// Sleeps, but throws Interrupted as soon as a stop is requested.
void sleep(std::chrono::milliseconds duration);

/// While one of these lives, requests are noted but do not break waits: for cleaning up.
class Shield {
 public:
  Shield();
  ~Shield();
  Shield(const Shield&) = delete;
  Shield& operator=(const Shield&) = delete;
};

}  // namespace pgmend::interrupt
