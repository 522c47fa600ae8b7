// SPDX-License-Identifier: MIT
#include "engine/apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "engine/lock_holders.hpp"
#include "pg/transaction.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

std::string error_words(const pg::Error& error) {
  auto words = std::string(error.what());
  if (!error.parts().detail.empty()) words += ": " + error.parts().detail;
  return words;
}

/// What a person can do about an error of the server.
std::string hint_for(const pg::Error& error) {
  if (!error.parts().hint.empty()) return error.parts().hint;
  if (error.is_permission())
    return "connect as the owner of the table (--database), or grant what is missing";
  if (error.is("25006")) return "the server is read-only: connect to the primary";
  return "the statement was: " + error.parts().query;
}

/// Between 50 % and 100 % of `longest`: two that wait for each other do not meet again at once.
milliseconds with_jitter(milliseconds longest) {
  static std::minstd_rand random(std::random_device{}());
  return longest / 2 + milliseconds(random() % static_cast<unsigned>(longest.count() / 2 + 1));
}

class StepRunner {
 public:
  StepRunner(pg::Connection& connection, const Step& step, const LockPolicy& policy,
             const Progress& progress)
      : m_connection(connection), m_step(step), m_policy(policy), m_progress(progress) {}

  StepResult run() {
    for (const auto& stage : m_step.recipe.stages) {
      auto result = run_stage_and_clean_up(stage);
      if (result.state != StepResult::State::done) return result;
    }
    return {};
  }

 private:
  StepResult run_stage_and_clean_up(const Stage& stage) {
    try {
      auto result = with_retries(stage);
      if (result.state != StepResult::State::done) undo(stage);
      return result;
    } catch (const interrupt::Interrupted&) {
      undo(stage);
      throw;
    } catch (const pg::Error& error) {
      if (!m_connection.is_alive()) throw;
      undo(stage);
      return {StepResult::State::failed, error_words(error), hint_for(error)};
    }
  }

  StepResult with_retries(const Stage& stage) {
    const auto deadline = Clock::now() + m_policy.patience;
    auto timeout = m_policy.first_timeout;
    for (;;) {
      try {
        return attempt(stage, timeout);
      } catch (const pg::Error& error) {
        if (!error.is_lock_conflict() || !m_connection.is_alive()) throw;
        // A build leaves something invalid behind; what was in a transaction is gone by itself.
        if (stage.form == Stage::Form::alone) undo(stage);
      }
      const auto others = describe_others(m_connection, m_step.schema, m_step.relation);
      if (Clock::now() >= deadline) return lock_timeout(stage, others);
      m_progress(fmt::format("waiting for a lock on {}{}", m_step.relation,
                             others.empty() ? "" : ", held by " + others));
      interrupt::sleep(with_jitter(timeout * 2));
      timeout = std::min(timeout * 2, m_policy.last_timeout);
    }
  }

  StepResult lock_timeout(const Stage& stage, const std::string& others) const {
    return {StepResult::State::lock_timeout,
            fmt::format("no {} lock on {} within {} s{}", to_string(stage.lock), m_step.relation,
                        m_policy.patience.count() / 1000,
                        others.empty() ? "" : "; in the way: " + others),
            "run again when they are done, or wait longer with --patience"};
  }

  StepResult attempt(const Stage& stage, milliseconds timeout) {
    switch (stage.form) {
      case Stage::Form::transaction: run_transaction(stage, timeout); return {};
      case Stage::Form::alone: run_alone(stage); return {};
      case Stage::Form::batches: run_batches(stage, timeout); return {};
      case Stage::Form::precondition: return run_precondition(stage, timeout);
    }
    return {};
  }

  void run_transaction(const Stage& stage, milliseconds timeout) {
    pg::Transaction transaction(m_connection, pg::Transaction::Mode::read_write,
                                {.lock_timeout = timeout});
    for (const auto& statement : stage.sql()) m_connection.query(statement);
    transaction.commit();
  }

  /// Builds wait for older transactions by design, so lock_timeout would only leave an invalid
  /// leftover: their patience is the statement_timeout, which none is set for.
  void run_alone(const Stage& stage) {
    pg::pin_session(m_connection, {.lock_timeout = milliseconds(0)});
    try {
      for (const auto& statement : stage.sql()) m_connection.query(statement);
    } catch (...) {
      pg::unpin_session(m_connection);
      throw;
    }
    pg::unpin_session(m_connection);
  }

  void run_batches(const Stage& stage, milliseconds timeout) {
    long long total = 0;
    for (long long touched = 1; touched > 0; total += touched) {
      pg::Transaction transaction(m_connection, pg::Transaction::Mode::read_write,
                                  {.lock_timeout = timeout});
      touched = m_connection.query(stage.statements.front()).affected();
      transaction.commit();
      if (touched > 0)
        m_progress(fmt::format("{}: {} rows filled", m_step.relation, total + touched));
    }
  }

  StepResult run_precondition(const Stage& stage, milliseconds timeout) {
    const pg::Transaction snapshot(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                   {.lock_timeout = timeout});
    const auto rows = m_connection.query(stage.statements.front());
    if (rows.rows() == 0) return {};
    auto number = std::string(rows.get(0, 0));
    if (number == "1000") number = "1000 or more";
    return {StepResult::State::refused, text::replace_all(stage.refusal, "{}", number), stage.hint};
  }

  void undo(const Stage& stage) {
    if (stage.undo.empty() || !m_connection.is_alive()) return;
    const interrupt::Shield shield;
    try {
      pg::pin_session(m_connection, {.lock_timeout = m_policy.last_timeout});
    } catch (const pg::Error&) {
      return;
    }
    for (int tries = 0; tries < 5 && !m_connection.try_query(stage.undo); ++tries) continue;
    pg::unpin_session(m_connection);
  }

  pg::Connection& m_connection;
  const Step& m_step;
  const LockPolicy& m_policy;
  const Progress& m_progress;
};

}  // namespace

StepResult run_step(pg::Connection& connection, const Step& step, const LockPolicy& policy,
                    const Progress& progress) {
  return StepRunner(connection, step, policy, progress).run();
}

}  // namespace pgmend::engine
