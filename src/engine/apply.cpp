// SPDX-License-Identifier: MIT
#include "engine/apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "engine/repair_hints.hpp"
#include "engine/stage_runner.hpp"
#include "util/chance.hpp"
#include "util/interrupt.hpp"
#include "util/sql.hpp"

namespace pgmend::engine {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// A transaction as old as this is no passing one: to queue behind it would hold up everybody else.
constexpr std::chrono::seconds k_long_held{1};
/// The server looks for deadlocks after a second, and may then end the other side. One of ours that
/// locks two relations has given up by then.
constexpr milliseconds k_longest_on_two{500};

/// Between 50 % and 100 % of `longest`: two that wait for each other do not meet again at once.
milliseconds with_jitter(milliseconds longest) {
  static std::minstd_rand random(chance());
  return longest / 2 + milliseconds(random() % static_cast<unsigned>(longest.count() / 2 + 1));
}

class StepRunner {
 public:
  StepRunner(pg::Connection& connection, const Step& step, const LockPolicy& policy,
             const Progress& progress)
      : m_connection(connection),
        m_step(step),
        m_policy(policy),
        m_progress(progress),
        m_runner(connection, step, policy, progress) {}

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
      if (result.state != StepResult::State::done && !m_runner.undo(stage))
        result.text += leftover(stage);
      return result;
    } catch (const interrupt::Interrupted&) {
      if (!m_runner.undo(stage)) throw InterruptedUnclean(leftover(stage));
      throw;
    } catch (const pg::Error& error) {
      if (!m_connection.is_alive()) throw;
      if (stand_rows_against(stage, error))
        return {StepResult::State::refused, "rows stand against it: " + error_words(error),
                "nothing was changed; mend the rows first"};
      StepResult result = {StepResult::State::failed, error_words(error),
                           hint_for(m_connection, m_step, error)};
      // A build whose name was taken made nothing, and what has the name is somebody else's. In a
      // transaction, what is to be undone was made by an earlier stage.
      const bool made_nothing =
          stage.form == Stage::Form::alone && (error.is("42P07") || error.is("42710"));
      if (!made_nothing && !m_runner.undo(stage)) result.text += leftover(stage);
      return result;
    }
  }

  /// Values or keys of rows that are copied or converted, in a transaction that is the first thing
  /// to change anything: it is as if they had been found beforehand.
  bool stand_rows_against(const Stage& stage, const pg::Error& error) const {
    if (stage.form != Stage::Form::transaction || stage.cost != Cost::rewrite) return false;
    const auto& stages = m_step.recipe.stages;
    const auto first = std::find_if(stages.begin(), stages.end(), [](const Stage& each) {
      return each.form != Stage::Form::precondition;
    });
    return first != stages.end() && &*first == &stage && error.is_about_rows();
  }

  static std::string leftover(const Stage& stage) {
    return fmt::format("; something half-built is left, the next run removes it, or: {}",
                       stage.undo);
  }

  StepResult with_retries(const Stage& stage) {
    auto deadline = Clock::now() + m_policy.patience;
    auto timeout = m_policy.first_timeout;
    const auto longest = stage.also_locks.empty()
                             ? m_policy.last_timeout
                             : std::min(m_policy.last_timeout, k_longest_on_two);
    for (int tries = 0;; ++tries) {
      // The first tries are short enough for nobody to notice, and mostly all that is needed.
      auto blockers = tries < 2 ? std::vector<Blocker>{} : others_in_the_way(stage);
      if (!is_held_for_long(blockers)) {
        const auto started = Clock::now();
        try {
          return m_runner.attempt(stage, timeout);
        } catch (const pg::Error& error) {
          if (!error.is_lock_conflict() || !m_connection.is_alive()) throw;
          // A build leaves something invalid behind; what was in a transaction is gone by itself.
          if (stage.form == Stage::Form::alone) m_runner.undo(stage);
        }
        // It got somewhere before it had to wait: this wait is a new one.
        if (Clock::now() - started > 4 * timeout) deadline = Clock::now() + m_policy.patience;
        blockers = others_in_the_way(stage);
      }
      const auto seen = blockers.empty() ? m_runner.blockers() : blockers;
      if (Clock::now() >= deadline) return lock_timeout(stage, seen);
      m_progress(fmt::format("waiting for a lock on {}{}", m_step.relation,
                             seen.empty() ? "" : ", held by " + describe(seen)));
      interrupt::sleep(with_jitter(std::min(timeout * 2, m_policy.last_timeout)));
      timeout = std::min(timeout * 2, longest);
    }
  }

  std::vector<Blocker> others_in_the_way(const Stage& stage) {
    auto relations = stage.also_locks;
    relations.push_back(sql::quote_qualified(m_step.schema, m_step.relation));
    return find_blockers(m_connection, relations, stage.lock);
  }

  static bool is_held_for_long(const std::vector<Blocker>& blockers) {
    return std::any_of(blockers.begin(), blockers.end(),
                       [](const Blocker& blocker) { return blocker.age >= k_long_held; });
  }

  StepResult lock_timeout(const Stage& stage, const std::vector<Blocker>& blockers) const {
    return {StepResult::State::lock_timeout,
            fmt::format("no {} lock on {} within {} s{}", to_string(stage.lock), m_step.relation,
                        m_policy.patience.count() / 1000, in_the_way(blockers)),
            way_out(blockers, "or wait longer with --patience",
                    "run again when they are done, or wait longer with --patience")};
  }

  pg::Connection& m_connection;
  const Step& m_step;
  const LockPolicy& m_policy;
  const Progress& m_progress;
  StageRunner m_runner;
};

}  // namespace

StepResult run_step(pg::Connection& connection, const Step& step, const LockPolicy& policy,
                    const Progress& progress) {
  return StepRunner(connection, step, policy, progress).run();
}

}  // namespace pgmend::engine
