// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/apply.hpp"
#include "engine/observer.hpp"

namespace pgmend::engine {

/// Sends the statements of stages, each form in its own way, and watches them from a second
/// session: who is waited for, how far a build has come, whether a deadline has passed.
class StageRunner {
 public:
  StageRunner(pg::Connection& connection, const Step& step, const LockPolicy& policy,
              const Progress& progress)
      : m_connection(connection),
        m_step(step),
        m_policy(policy),
        m_progress(progress),
        m_observer(connection) {}

  /// One attempt, in which each lock is waited for no longer than the timeout. Throws pg::Error;
  /// lock conflicts are for the caller to try again.
  StepResult attempt(const Stage& stage, std::chrono::milliseconds lock_timeout);

  /// Takes back what the stage left half-built. In a few short tries, since somebody may be waiting
  /// for us to stop. False if it could not be done.
  bool undo(const Stage& stage);

  /// Those who were seen in the way of the last attempt.
  const std::vector<Blocker>& blockers() const { return m_blockers; }

 private:
  void run_transaction(const Stage& stage, std::chrono::milliseconds lock_timeout);
  StepResult run_watched(const Stage& stage, std::chrono::milliseconds lock_timeout);
  StepResult send(const Stage& stage, std::chrono::milliseconds lock_timeout);
  void run_alone(const Stage& stage);
  StepResult run_batches(const Stage& stage, std::chrono::milliseconds lock_timeout);
  StepResult look_at_rows(const Stage& stage, std::chrono::milliseconds lock_timeout);
  StepResult run_precondition(const Stage& stage, std::chrono::milliseconds lock_timeout);
  bool try_undo(const Stage& stage);
  bool note_blockers();
  bool watch_long(const Stage& stage);
  StepResult past_deadline() const;

  using Clock = std::chrono::steady_clock;

  pg::Connection& m_connection;
  const Step& m_step;
  const LockPolicy& m_policy;
  const Progress& m_progress;
  Observer m_observer;
  std::vector<Blocker> m_blockers;
  Clock::time_point m_started;
  Clock::time_point m_last_look;
  std::chrono::milliseconds m_waited{0};  // of a long statement, for others
  bool m_too_long = false;
};

}  // namespace pgmend::engine
