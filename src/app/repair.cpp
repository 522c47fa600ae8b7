// SPDX-License-Identifier: MIT
#include "app/repair.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pgmend::app {

namespace {

using engine::StepResult;

class Repair {
 public:
  Repair(pg::Connection& connection, const PassInput& input, const engine::LockPolicy& policy,
         Reporter& reporter, Report& report)
      : m_connection(connection),
        m_input(input),
        m_policy(policy),
        m_reporter(reporter),
        m_report(report) {}

  void run(const Step& step) {
    if (const auto* obstacle = failed_need(step)) {
      settle(step, {StepResult::State::refused,
                    fmt::format("{} is needed first, and was not made",
                                display(*obstacle->kind, obstacle->name)),
                    ""});
      return;
    }
    for (const auto position : step.findings) m_reporter.mending(m_report.findings[position]);
    run_announced(step);
  }

 private:
  void run_announced(const Step& step) {
    m_report.repairs_tried = true;
    const auto result = engine::run_step(
        m_connection, step, m_policy, [&](const std::string& text) { m_reporter.progress(text); });
    if (result.state == StepResult::State::failed && !step.alternatives.empty()) {
      for (const auto& alternative : step.alternatives) run_announced(alternative);
      return;
    }
    settle(step, result);
  }

  /// A finding that this step cannot do without and that was not settled.
  const Finding* failed_need(const Step& step) const {
    for (const auto position : step.findings) {
      const auto& finding = m_report.findings[position];
      for (const auto& other : m_report.findings) {
        const bool failed = other.outcome == Outcome::failed || other.outcome == Outcome::refused;
        if (!failed || other.attribute || !finding.expected || !other.expected) continue;
        const auto& needs = finding.expected->depends_on;
        if (std::find(needs.begin(), needs.end(), Reference{other.kind, other.name}) != needs.end())
          return &other;
      }
    }
    return nullptr;
  }

  void settle(const Step& step, const StepResult& result) {
    std::vector<Finding> left;
    if (result.state == StepResult::State::done) left = still_there(step);
    for (const auto position : step.findings) {
      auto& finding = m_report.findings[position];
      const bool remains = std::any_of(left.begin(), left.end(), [&](const Finding& other) {
        return other.kind == finding.kind && other.name == finding.name &&
               (!finding.attribute || other.attribute == finding.attribute) &&
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

  std::vector<Finding> still_there(const Step& step) {
    std::vector<const Finding*> findings;
    for (const auto position : step.findings) findings.push_back(&m_report.findings[position]);
    return recheck(m_connection, m_input, findings);
  }

  pg::Connection& m_connection;
  const PassInput& m_input;
  const engine::LockPolicy& m_policy;
  Reporter& m_reporter;
  Report& m_report;
};

}  // namespace

void repair(pg::Connection& connection, const PassInput& input, const engine::LockPolicy& policy,
            const AdvisoryLock& lock, Reporter& reporter, Report& report) {
  Repair repair(connection, input, policy, reporter, report);
  for (const auto& step : report.plan.steps) {
    lock.confirm();
    repair.run(step);
  }
}

}  // namespace pgmend::app
