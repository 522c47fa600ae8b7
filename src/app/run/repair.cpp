// SPDX-License-Identifier: MIT
#include "app/run/repair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include "engine/findings_by_relation.hpp"
#include "model/lacking_consent.hpp"
#include "pg/transaction.hpp"
#include "util/interrupt.hpp"

namespace pgmend::app {

namespace {

using engine::StepResult;
using Clock = std::chrono::steady_clock;

/// Reading back takes no more than about a tenth of the time, unless there is nothing else to do.
constexpr int k_work_per_reading = 9;

/// The kinds that findings are of, and what a twin of their relations is made from.
std::vector<const Kind*> kinds_of(const std::vector<const Finding*>& findings, Kinds all) {
  std::vector<const Kind*> kinds;
  for (const auto* kind : all) {
    const bool makes_twins = kind->twin_element || (!kind->relkinds.empty() && !kind->is_query);
    if (makes_twins || std::any_of(findings.begin(), findings.end(),
                                   [&](const Finding* f) { return f->kind == kind; }))
      kinds.push_back(kind);
  }
  return kinds;
}

class Repair {
 public:
  Repair(pg::Connection& connection, const PassInput& input, const engine::LockPolicy& policy,
         Reporter& reporter, Report& report)
      : m_connection(connection),
        m_input(input),
        m_policy(policy),
        m_reporter(reporter),
        m_report(report),
        m_by_relation(report.findings) {
    for (const auto& step : report.plan.steps())
      for (const auto position : step.findings) ++m_steps_ahead[position];
  }

  void run(const Step& step) {
    for (const auto position : step.findings) --m_steps_ahead[position];
    if (needs_unread(step)) read_back();
    if (const auto* obstacle = failed_need(step)) {
      settle(step,
             {StepResult::State::refused,
              fmt::format("{} is needed first, and was not made",
                          display(*obstacle->kind, obstacle->name)),
              ""},
             {});
      return;
    }
    for (const auto position : step.findings)
      if (m_announced.insert(position).second) m_reporter.mending(m_report.findings[position]);
    run_announced(step);
  }

  /// What was done counts when the catalogs say so.
  void read_back() {
    if (m_unread.empty()) return;
    const auto started = Clock::now();
    const auto steps = std::exchange(m_unread, {});
    const auto left = still_there(steps);
    for (const auto* step : steps) settle(*step, {}, left);
    m_last_reading = Clock::now();
    m_cost_of_reading = m_last_reading - started;
  }

  /// The run ends before its time: what was done until then is told, if that can be found out.
  void read_back_at_end() noexcept {
    if (!m_connection.is_alive()) return;
    const interrupt::Shield shield;
    try {
      read_back();
    } catch (const std::exception&) {  // what ended the run is told
    }
  }

 private:
  void run_announced(const Step& step) {
    m_report.repairs_tried = true;
    auto result = engine::run_step(m_connection, step, m_policy,
                                   [&](const std::string& text) { m_reporter.progress(text); });
    const bool fails =
        result.state == StepResult::State::failed || result.state == StepResult::State::refused;
    if (fails && !step.alternatives.empty()) {
      for (const auto& alternative : step.alternatives) run_announced(alternative);
      return;
    }
    if (result.state == StepResult::State::done) {
      m_unread.push_back(&step);
      const bool is_due = Clock::now() - m_last_reading >= k_work_per_reading * m_cost_of_reading;
      if (is_due) read_back();
      return;
    }
    read_back();  // outcomes are told in the order of the steps
    if (const auto* other = result.state == StepResult::State::failed ? in_its_way(step) : nullptr)
      result = {StepResult::State::refused,
                fmt::format("{} would have to be changed first: {}",
                            display(*other->kind, other->name), result.text),
                "see there for what keeps it from being changed"};
    settle(step, result, {});
  }

  /// What a new object lacks until its parts are there, which are steps of their own.
  static bool comes_later(const Finding& finding) {
    return finding.attribute && finding.kind->attributes[*finding.attribute].comes_last;
  }

  /// Whether it rests on something that was made and not read back yet.
  bool needs_unread(const Step& step) const {
    return std::any_of(m_unread.begin(), m_unread.end(), [&](const Step* unread) {
      return std::any_of(unread->findings.begin(), unread->findings.end(), [&](std::size_t made) {
        return std::any_of(step.findings.begin(), step.findings.end(), [&](std::size_t position) {
          return needs(m_report.findings[position], m_report.findings[made]);
        });
      });
    });
  }

  static bool needs(const Finding& finding, const Finding& other) {
    if (other.attribute || !finding.expected || !other.expected) return false;
    return finding.expected->rests_on(*other.expected);
  }

  static bool is_failed(const Finding& finding, const Reference& needed) {
    return !finding.attribute && finding.expected &&
           needed == Reference{finding.kind, finding.name} &&
           (finding.outcome == Outcome::failed || finding.outcome == Outcome::refused);
  }

  /// A finding that this step cannot do without and that was not settled.
  const Finding* failed_need(const Step& step) const {
    for (const auto position : step.findings) {
      const auto& finding = m_report.findings[position];
      if (!finding.expected) continue;
      for (const auto& needed : finding.expected->depends_on)
        for (const auto near : m_by_relation.near(needed.name))
          if (is_failed(m_report.findings[near], needed)) return &m_report.findings[near];
    }
    return nullptr;
  }

  /// What was to be changed, was not, and is what this step takes to be as expected.
  const Finding* in_its_way(const Step& step) const {
    for (const auto& other : m_report.findings) {
      const bool is_left = other.outcome == Outcome::failed ||
                           (other.outcome == Outcome::refused && lacking_consents(other).empty());
      if (is_left && std::any_of(step.findings.begin(), step.findings.end(), [&](std::size_t its) {
            return takes_for_granted(m_report.findings[its], other);
          }))
        return &other;
    }
    return nullptr;
  }

  static bool takes_for_granted(const Finding& finding, const Finding& other) {
    if (comes_later(finding) && other.name.is_part_of(finding.name)) return true;
    if (!other.attribute) return false;
    if (finding.is_removal()) return other.actual && other.actual->rests_on(*finding.actual);
    const bool is_same = finding.kind == other.kind && finding.name == other.name;
    return (is_same && finding.attribute && finding.attribute != other.attribute) ||
           finding.expected->rests_on(*other.expected);
  }

  void settle(const Step& step, const StepResult& result, const std::vector<Finding>& left) {
    for (const auto position : step.findings) {
      auto& finding = m_report.findings[position];
      const bool is_done = result.state == StepResult::State::done;
      if (finding.outcome != Outcome::open || (is_done && m_steps_ahead[position] > 0)) continue;
      const bool remains = std::any_of(left.begin(), left.end(), [&](const Finding& other) {
        return other.kind == finding.kind && other.name == finding.name &&
               (finding.attribute ? other.attribute == finding.attribute : !comes_later(other)) &&
               (other.is_drift() || finding.judgement.sort == Sort::extra);
      });
      apply_result(finding, result, remains);
      m_reporter.mended(finding);
    }
    if (result.state == StepResult::State::lock_timeout) m_report.lock_timeout = true;
  }

  static void apply_result(Finding& finding, const StepResult& result, bool remains) {
    finding.outcome_text = result.text;
    finding.outcome_hint = result.hint;
    if (result.state == StepResult::State::refused) {
      finding.outcome = Outcome::refused;
    } else if (result.state != StepResult::State::done) {
      finding.outcome = Outcome::failed;
    } else if (remains) {
      finding.outcome = Outcome::failed;
      finding.outcome_text = "the server accepted the repair, but the catalogs do not show it";
      finding.outcome_hint = "is there an event trigger that changes what is created?";
    } else {
      finding.outcome = Outcome::repaired;
    }
  }

  /// Only what the findings are of is read; all of it, once something seems to be left.
  std::vector<Finding> still_there(const std::vector<const Step*>& steps) {
    std::vector<const Finding*> findings;
    for (const auto* step : steps)
      for (const auto position : step->findings) findings.push_back(&m_report.findings[position]);
    const auto kinds = kinds_of(findings, m_input.kinds);
    auto narrow = m_input;
    narrow.kinds = kinds;
    if (auto left = recheck(m_connection, narrow, findings); left.empty()) return left;
    return recheck(m_connection, m_input, findings);
  }

  pg::Connection& m_connection;
  const PassInput& m_input;
  const engine::LockPolicy& m_policy;
  Reporter& m_reporter;
  Report& m_report;
  const engine::FindingsByRelation m_by_relation;
  std::map<std::size_t, int> m_steps_ahead;  // by finding: some take more than one
  std::set<std::size_t> m_announced;
  std::vector<const Step*> m_unread;  // done, and not read back yet
  Clock::time_point m_last_reading = Clock::now();
  Clock::duration m_cost_of_reading{0};
};

}  // namespace

void repair(pg::Connection& connection, const PassInput& input, const engine::LockPolicy& policy,
            const AdvisoryLock& lock, Reporter& reporter, Report& report) {
  Repair repair(connection, input, policy, reporter, report);
  try {
    for (const auto& step : report.plan.steps()) {
      lock.confirm();
      repair.run(step);
    }
    repair.read_back();
  } catch (...) {
    repair.read_back_at_end();
    pg::unpin_session(connection);
    throw;
  }
  pg::unpin_session(connection);
}

}  // namespace pgmend::app
