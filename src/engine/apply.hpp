// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "model/report.hpp"
#include "pg/connection.hpp"
#include "util/interrupt.hpp"

namespace pgmend::engine {

/// How patient repairs are. Each attempt to get a lock waits `first_timeout` at first, then twice
/// as long each time up to `last_timeout`, with pauses between, until `patience` is used up.
/// Statements that take as long as the relation is large have deadlines of their own.
struct LockPolicy {
  std::chrono::milliseconds first_timeout{100};
  std::chrono::milliseconds last_timeout{1000};
  std::chrono::milliseconds patience{60'000};
  /// How long one build may wait for transactions of others.
  std::chrono::milliseconds build_wait{600'000};
  /// How long one build, or one check of all rows, may take in all.
  std::chrono::milliseconds build_timeout{14'400'000};
};

/// What became of a step.
struct StepResult {
  enum class State { done, refused, failed, lock_timeout };
  State state = State::done;
  std::string text = {};
  std::string hint = {};
};

/// Interrupted, and something that was half-built could not be removed; what() says what it is.
struct InterruptedUnclean : interrupt::Interrupted {
  using interrupt::Interrupted::Interrupted;
};

using Progress = std::function<void(const std::string&)>;

/// Runs the stages of one step. A stage that fails is followed by its undo, so that nothing stays
/// half-built. Throws pg::ConnectionError if the connection is lost, interrupt::Interrupted after
/// cancelling and cleaning up.
StepResult run_step(pg::Connection& connection, const Step& step, const LockPolicy& policy,
                    const Progress& progress);

}  // namespace pgmend::engine
