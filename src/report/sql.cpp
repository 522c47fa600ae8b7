// SPDX-License-Identifier: MIT
#include "report/sql.hpp"

#include <fmt/format.h>

#include "model/kind.hpp"
#include "report/text.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

std::string finding_words(const Finding& finding) {
  auto words = object_words(*finding.kind, finding.name);
  if (finding.attribute)
    words += fmt::format(" {}", finding.kind->attributes[*finding.attribute].name);
  return fmt::format("{} {}", words, to_string(finding.judgement.sort));
}

}  // namespace

void SqlReporter::comment(const std::string& text) {
  // psql ends a comment at a carriage return, too.
  const auto lines = text::wrap(text::replace_all(text, "\r", "\n"), 76, "   ");
  fmt::print(m_out, "-- {}\n", text::replace_all(lines, "\n", "\n-- "));
}

void SqlReporter::begin(const Subject& subject) {
  comment(fmt::format("pgmend plan for {}", subject.target));
  comment("expected: " + subject.source);
}

void SqlReporter::checked(const Report& report) {
  for (const auto& next : report.plan.steps) step(report, next);
  for (const auto& finding : report.findings) {
    if (finding.consequence || (finding.is_drift() && finding.outcome == Outcome::open)) continue;
    fmt::print(m_out, "\n");
    comment(finding_words(finding) + (finding.is_drift() ? ": not planned" : ": nothing to do"));
    for (const auto& text : {finding.judgement.reason, finding.outcome_text, finding.outcome_hint})
      if (!text.empty()) comment("  " + text);
  }
}

void SqlReporter::step(const Report& report, const Step& step) {
  fmt::print(m_out, "\n");
  for (const auto position : step.findings) comment(finding_words(report.findings[position]));
  for (const auto& next : step.recipe.stages) stage(next);
}

void SqlReporter::stage(const Stage& stage) {
  if (stage.form == Stage::Form::precondition) {
    comment("only if this returns no row:");
    comment("  " + stage.statements.front() + ";");
    return;
  }
  comment(fmt::format("{}; {}", lock_words(stage.lock), to_string(stage.cost)));
  if (stage.form == Stage::Form::batches) comment("repeat until it touches no row:");
  const bool in_transaction = stage.form == Stage::Form::transaction;
  if (in_transaction) fmt::print(m_out, "BEGIN;\nSET LOCAL lock_timeout = '1s';\n");
  for (const auto& statement : stage.sql()) fmt::print(m_out, "{};\n", statement);
  if (in_transaction) fmt::print(m_out, "COMMIT;\n");
}

void SqlReporter::end(const Report& report) {
  fmt::print(m_out, "\n");
  if (!report.failure.empty()) {
    comment("could not plan: " + report.failure);
    if (!report.failure_hint.empty()) comment("hint: " + report.failure_hint);
  } else if (report.interrupted) {
    comment("interrupted - nothing was changed");
  } else if (report.open_drift() == 0) {
    comment(report.verdict() == Verdict::correct ? "Schema is correct - no changes needed"
                                                 : "no drift found, but not all could be checked");
  } else {
    comment(fmt::format("{} planned in {}; nothing was changed",
                        text::count(report.open_drift() - report.count(Outcome::refused), "repair"),
                        text::count(report.plan.steps.size(), "step")));
  }
}

}  // namespace pgmend::report
