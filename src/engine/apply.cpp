// SPDX-License-Identifier: MIT
#include "engine/apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "engine/lock_holders.hpp"
#include "pg/transaction.hpp"
#include "util/interrupt.hpp"
#include "util/sql.hpp"
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

/// Which role is needed, or what is to be granted.
std::string permission_hint(pg::Connection& connection, const Step& step) {
  const auto result = connection.query(
      "SELECT pg_catalog.pg_get_userbyid(c.relowner) AS owner, "
      "pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owns, "
      "pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS creates, "
      "pg_catalog.quote_ident(current_user) AS role "
      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE n.nspname = $1 AND c.relname = $2",
      {step.schema, step.relation});
  if (result.rows() > 0 && !result.boolean(0, "owns"))
    return fmt::format("connect as {}, who owns it, or as a member of that role (--database)",
                       result.get(0, "owner"));
  if (result.rows() > 0 && !result.boolean(0, "creates"))
    return fmt::format("as the owner of the schema: GRANT CREATE ON SCHEMA {} TO {}",
                       sql::display_ident(step.schema), result.get(0, "role"));
  return "connect as the owner (--database), or grant what is missing";
}

/// What a person can do about an error of the server.
std::string hint_for(pg::Connection& connection, const Step& step, const pg::Error& error) {
  if (!error.parts().hint.empty()) return error.parts().hint;
  if (error.is_permission()) return permission_hint(connection, step);
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
      if (result.state != StepResult::State::done && !undo(stage)) result.text += leftover(stage);
      return result;
    } catch (const interrupt::Interrupted&) {
      if (!undo(stage)) throw InterruptedUnclean(leftover(stage));
      throw;
    } catch (const pg::Error& error) {
      if (!m_connection.is_alive()) throw;
      StepResult result = {StepResult::State::failed, error_words(error),
                           hint_for(m_connection, m_step, error)};
      // A build whose name was taken made nothing, and what has the name is somebody else's. In a
      // transaction, what is to be undone was made by an earlier stage.
      const bool made_nothing =
          stage.form == Stage::Form::alone && (error.is("42P07") || error.is("42710"));
      if (!made_nothing && !undo(stage)) result.text += leftover(stage);
      return result;
    }
  }

  static std::string leftover(const Stage& stage) {
    return fmt::format("; something half-built is left, the next run removes it, or: {}",
                       stage.undo);
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
      case Stage::Form::transaction:
        run_transaction(stage, timeout);
        return {};
      case Stage::Form::alone:
        run_alone(stage);
        return {};
      case Stage::Form::batches:
        run_batches(stage, timeout);
        return {};
      case Stage::Form::precondition:
        return run_precondition(stage, timeout);
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

  /// In a few short tries, since somebody may be waiting for us to stop. False if it could not be
  /// undone.
  bool undo(const Stage& stage) {
    if (stage.undo.empty()) return true;
    const interrupt::Shield shield;
    bool done = false;
    for (int tries = 0; tries < 3 && !done && m_connection.is_alive(); ++tries) {
      if (tries > 0) interrupt::sleep(milliseconds(50));
      done = try_undo(stage);
    }
    pg::unpin_session(m_connection);
    return done;
  }

  bool try_undo(const Stage& stage) {
    try {
      pg::pin_session(m_connection, {.lock_timeout = m_policy.last_timeout / 2});
      m_connection.query(stage.undo);
      return true;
    } catch (const pg::Error&) {  // also a late cancel, which was meant for the statement before
      return false;
    }
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
