// SPDX-License-Identifier: MIT
#include "engine/stage_runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "pg/transaction.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::engine {

namespace {

using std::chrono::milliseconds;

/// How often a long statement is looked at.
constexpr milliseconds k_look_every{1000};
/// What is taken back has about a second in all.
constexpr milliseconds k_undo_lock_timeout{250};
constexpr int k_undo_tries = 3;
constexpr milliseconds k_longest_pause{1000};
constexpr milliseconds k_shortest_pause{5};

long long seconds_of(milliseconds time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

bool is_long(const Stage& stage) {
  return stage.cost == Cost::scan || stage.cost == Cost::build || stage.cost == Cost::rewrite;
}

/// Some statements refuse transaction blocks; all of ours say so by this word.
bool refuses_transactions(const std::string& sql) {
  return sql.find(" CONCURRENTLY ") != std::string::npos;
}

}  // namespace

StepResult StageRunner::attempt(const Stage& stage, milliseconds lock_timeout) {
  m_blockers.clear();
  m_started = m_last_look = Clock::now();
  m_waited = milliseconds(0);
  m_too_long = false;
  return stage.form == Stage::Form::batches ? run_batches(stage, lock_timeout)
                                            : run_watched(stage, lock_timeout);
}

/// Runs it, and turns the end of its patience into a result.
StepResult StageRunner::run_watched(const Stage& stage, milliseconds lock_timeout) {
  const bool watched = stage.form != Stage::Form::transaction || is_long(stage);
  try {
    const pg::Connection::Watch watch(
        m_connection, watched ? k_look_every : std::max(milliseconds(20), lock_timeout / 2),
        [&] { return watched ? watch_long(stage) : note_blockers(); });
    return send(stage, lock_timeout);
  } catch (const pg::Error& error) {
    const bool timed_out = Clock::now() - m_started >= m_policy.build_timeout;
    if (!error.is("57014") || !watched || !(m_too_long || timed_out)) throw;
  }
  return past_deadline();
}

StepResult StageRunner::send(const Stage& stage, milliseconds lock_timeout) {
  if (stage.form == Stage::Form::precondition) return run_precondition(stage, lock_timeout);
  if (stage.form == Stage::Form::alone)
    run_alone(stage);
  else
    run_transaction(stage, lock_timeout);
  return {};
}

void StageRunner::run_transaction(const Stage& stage, milliseconds lock_timeout) {
  pg::run_transaction(
      m_connection, stage.sql(),
      {.lock_timeout = lock_timeout,
       .statement_timeout = is_long(stage) ? m_policy.build_timeout : milliseconds(0)});
}

/// Builds wait for older transactions by design, so lock_timeout would only leave an invalid
/// leftover: they have deadlines of their own.
void StageRunner::run_alone(const Stage& stage) {
  pg::pin_session(m_connection,
                  {.lock_timeout = milliseconds(0), .statement_timeout = m_policy.build_timeout});
  for (const auto& statement : stage.sql()) m_connection.query(statement);
}

bool StageRunner::note_blockers() {
  if (const auto sight = m_observer.look(); sight && sight->waits) m_blockers = sight->blockers;
  return true;
}

bool StageRunner::watch_long(const Stage& stage) {
  const auto now = Clock::now();
  const auto since_last = std::chrono::duration_cast<milliseconds>(now - m_last_look);
  m_last_look = now;
  const auto elapsed = std::chrono::duration_cast<milliseconds>(now - m_started);
  const auto sight = m_observer.look();
  std::string doing(to_string(stage.cost));
  if (sight && !sight->progress.empty()) doing = sight->progress;
  if (sight && sight->waits) {
    m_waited += since_last;
    m_blockers = sight->blockers;
    if (!m_blockers.empty()) doing += ", waiting for " + describe(m_blockers);
  }
  m_progress(fmt::format("{}, {} s: {}", m_step.relation, seconds_of(elapsed), doing));
  m_too_long = m_too_long || (m_waited >= m_policy.build_wait && stage.form == Stage::Form::alone);
  return !m_too_long;
}

StepResult StageRunner::past_deadline() const {
  if (!m_too_long)
    return {StepResult::State::lock_timeout,
            fmt::format("it was not done within {} s", seconds_of(m_policy.build_timeout)),
            "nothing of it is left; give it more time with --build-timeout"};
  return {StepResult::State::lock_timeout,
          fmt::format("the build waited {} s for others{}", seconds_of(m_waited),
                      in_the_way(m_blockers)),
          way_out(m_blockers, "then run again",
                  "run again when they are done, or wait longer with --build-wait")};
}

namespace {

/// One way through all rows, a range of keys at a time.
class Pass {
 public:
  Pass(pg::Connection& connection, const Stage& stage, milliseconds lock_timeout)
      : m_connection(connection), m_stage(stage), m_pins{.lock_timeout = lock_timeout} {}

  /// How many rows the next range had to change; nothing behind the last one.
  std::optional<long long> next() {
    pg::Transaction transaction(m_connection, pg::Transaction::Mode::read_write, m_pins);
    const auto end = m_connection.query(m_stage.statements.at(0), {m_after});
    if (end.rows() == 0) return std::nullopt;
    const std::string upto(end.get(0, 0));
    const auto touched = m_connection.query(m_stage.statements.at(1), {m_after, upto}).affected();
    transaction.commit();
    m_after = upto;
    return touched;
  }

  /// How many rows are still to be changed.
  long long left() {
    const pg::Transaction transaction(m_connection, pg::Transaction::Mode::read_only_snapshot,
                                      m_pins);
    const auto result = m_connection.query(m_stage.statements.at(2));
    return result.rows() == 0 ? 0 : result.integer(0, "count");
  }

 private:
  pg::Connection& m_connection;
  const Stage& m_stage;
  pg::Pins m_pins;
  std::optional<std::string> m_after;
};

/// As long as the work took: half of the time belongs to others.
void pause_after(milliseconds work) {
  interrupt::sleep(std::clamp(work, k_shortest_pause, k_longest_pause));
}

}  // namespace

/// Who held them may have let go just before it was asked who it is.
constexpr int k_tries_without_effect = 3;

/// Rows that others hold locked are skipped, never waited for: they are the next pass's.
StepResult StageRunner::run_batches(const Stage& stage, milliseconds lock_timeout) {
  long long total = 0;
  long long left = 0;
  int unmoved = 0;
  auto deadline = Clock::now() + m_policy.patience;
  for (;;) {
    const auto before = total;
    Pass pass(m_connection, stage, lock_timeout);
    for (auto started = Clock::now(); const auto touched = pass.next(); started = Clock::now()) {
      if (*touched == 0) continue;
      total += *touched;
      m_progress(fmt::format("{}: {} rows filled", m_step.relation, total));
      pause_after(std::chrono::duration_cast<milliseconds>(Clock::now() - started));
    }
    // All that were left have been changed, and are left: the value itself is NULL for them.
    const bool changed_all = left > 0 && total - before >= left;
    left = pass.left();
    if (left == 0 || changed_all) return {};
    if (total > before) deadline = Clock::now() + m_policy.patience;
    m_blockers = find_blockers(m_connection, {sql::quote_qualified(m_step.schema, m_step.relation)},
                               Lock::exclusive);
    // Nobody holds them, and still they stay as they are.
    unmoved = total == before && m_blockers.empty() ? unmoved + 1 : 0;
    if (unmoved >= k_tries_without_effect)
      return {
          StepResult::State::failed,
          fmt::format("an UPDATE changes none of the {} row(s) that are left to be filled", left),
          "does a trigger keep them as they are? Disable it for the time of it, then run again: "
          "it goes on where it stopped"};
    if (Clock::now() >= deadline) break;
    m_progress(fmt::format("{}: waiting for rows that others hold locked{}", m_step.relation,
                           m_blockers.empty() ? "" : ": " + describe(m_blockers)));
    interrupt::sleep(k_longest_pause / 2);
  }
  return {StepResult::State::lock_timeout,
          fmt::format("some rows were locked by others for {} s{}", seconds_of(m_policy.patience),
                      in_the_way(m_blockers)),
          way_out(m_blockers, "then run again",
                  "run again when they are done: it goes on where it stopped")};
}

/// A query that the values in the rows make fail has found what it looks for. What the role may not
/// look at (its own rows, under FORCE ROW LEVEL SECURITY), the server does all the same.
StepResult StageRunner::run_precondition(const Stage& stage, milliseconds lock_timeout) {
  try {
    return look_at_rows(stage, lock_timeout);
  } catch (const pg::Error& error) {
    if (error.is_permission()) return {};
    if (!error.is_about_rows()) throw;
    return {StepResult::State::refused, fmt::format("rows stand against it: {}", error.what()),
            stage.hint};
  }
}

StepResult StageRunner::look_at_rows(const Stage& stage, milliseconds lock_timeout) {
  const pg::Transaction snapshot(
      m_connection, pg::Transaction::Mode::read_only_snapshot,
      {.lock_timeout = lock_timeout, .statement_timeout = m_policy.build_timeout});
  const auto rows = m_connection.query(stage.statements.front());
  if (rows.rows() == 0) return {};
  auto number = std::string(rows.get(0, 0));
  if (number == "1000") number = "1000 or more";
  auto text = text::replace_all(stage.refusal, "{}", number);
  if (stage.statements.size() > 1) {
    const auto found = m_connection.query(stage.statements.at(1));
    std::vector<std::string> examples;
    for (int row = 0; row < found.rows(); ++row) examples.emplace_back(found.get(row, 0));
    if (!examples.empty()) text += ", such as " + text::join(examples, "; ");
  }
  return {StepResult::State::refused, std::move(text), stage.hint};
}

bool StageRunner::undo(const Stage& stage) {
  if (stage.undo.empty()) return true;
  const interrupt::Shield shield;
  bool done = false;
  for (int tries = 0; tries < k_undo_tries && !done && m_connection.is_alive(); ++tries) {
    if (tries > 0) interrupt::sleep(milliseconds(50));
    done = try_undo(stage);
  }
  return done;
}

bool StageRunner::try_undo(const Stage& stage) {
  const pg::Pins pins = {.lock_timeout = k_undo_lock_timeout};
  try {
    if (!refuses_transactions(stage.undo)) {
      pg::Transaction transaction(m_connection, pg::Transaction::Mode::read_write, pins);
      m_connection.query(stage.undo);
      transaction.commit();
      return true;
    }
    pg::pin_session(m_connection, pins);
    m_connection.query(stage.undo);
    return true;
  } catch (const pg::Error&) {  // also a late cancel, which was meant for the statement before
    return false;
  }
}

}  // namespace pgmend::engine
