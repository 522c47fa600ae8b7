// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "app/database/advisory_lock.hpp"
#include "app/database/target.hpp"
#include "app/migrations/standing.hpp"
#include "model/report.hpp"
#include "util/terminal.hpp"

namespace pgmend::app {

struct MigrateRequest {
  std::vector<std::string> command;       // program and arguments; no shell sees them
  std::chrono::milliseconds timeout{0};   // for the command to end; 0: none
  std::chrono::milliseconds patience{0};  // for another pgmend to finish
  MigrationSearch migrations;
  bool repairs = true;  // what follows is a repair, not a look
  Detail detail = Detail::normal;
};

/// What became of the command.
struct Migrated {
  enum class Outcome {
    done,
    failed,         // it ended with an error, was ended, or ended well and did nothing
    interrupted,    // we were asked to stop
    not_our_turn,   // another pgmend had the lock for too long
    not_startable,  // there is no such program
    not_writable,   // the server is a standby
  };
  Outcome outcome = Outcome::done;
  std::string failure = {};  // if it is not done: why, as it was told
  std::string hint = {};
  /// Held until this goes out of scope: the repair that follows runs under it (RunOptions::lock).
  std::optional<AdvisoryLock> lock = {};
};

/// Runs a migration command under the advisory lock, its output passed through, and tells on `out`
/// the state of the version tables before and after. Where that is stderr, the command's stdout
/// goes there, too. The lock lives in the target's own session. When the time is up, and when a
/// stop is requested, the command is ended with all that it started. Throws UnverifiedError, and
/// interrupt::Interrupted before the command was started.
Migrated migrate(Target& target, const MigrateRequest& request, std::FILE* out,
                 terminal::Style style);

}  // namespace pgmend::app
