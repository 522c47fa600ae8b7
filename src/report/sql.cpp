// SPDX-License-Identifier: MIT
#include "report/sql.hpp"

#include <fmt/format.h>

#include "model/kind.hpp"
#include "report/script_blocks.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/sql_shown.hpp"
#include "util/stream.hpp"
#include "util/terminal.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

std::string finding_words(const Finding& finding) {
  auto words = object_words(*finding.kind, finding.name);
  if (finding.attribute) words += ' ' + attribute_words(finding);
  return fmt::format("{} {}", words, to_string(finding.judgement.sort));
}

}  // namespace

void SqlReporter::comment(const std::string& text) {
  // psql ends a comment at a carriage return, too; that is spelled.
  const auto lines = text::wrap(text::visible_lines(text), terminal::columns_of(m_out) - 4, "   ");
  stream::print(m_out, "-- {}\n", text::replace_all(lines, "\n", "\n-- "));
}

void SqlReporter::begin(const Subject& subject) {
  comment(fmt::format("pgmend plan for {}", subject.target));
  comment("expected: " + subject.source);
  comment("for psql, which stops at the first statement that fails:");
  stream::print(m_out, "\\set ON_ERROR_STOP on\n");
}

void SqlReporter::checked(const Report& report) {
  if (report.standing.forbids()) {
    comment(verdict_line(report));
    comment(report.standing.reason);
    comment("hint: " + report.standing.remedy);
  }
  for (const auto& next : report.plan.steps()) step(report, next);
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const auto& finding = report.findings[i];
    const bool is_told = finding.is_drift() || report.plan.recipe_for(i);
    if (finding.consequence || (is_told && finding.outcome == Outcome::open)) continue;
    stream::print(m_out, "\n");
    comment(finding_words(finding) + (finding.is_drift() ? ": not planned" : ": nothing to do"));
    for (const auto& text : {finding.judgement.reason, finding.outcome_text, finding.outcome_hint})
      if (!text.empty()) comment("  " + text);
  }
}

void SqlReporter::step(const Report& report, const Step& step) {
  stream::print(m_out, "\n");
  for (const auto position : step.findings) comment(finding_words(report.findings[position]));
  for (const auto& next : step.recipe.stages) stage(next);
}

void SqlReporter::stage(const Stage& stage) {
  if (stage.form == Stage::Form::precondition)
    return stream::print(m_out, "{};\n", precondition_block(stage));
  comment(fmt::format("{}; {}", lock_words(stage.lock), to_string(stage.cost)));
  if (stage.form == Stage::Form::batches) return stream::print(m_out, "{};\n", fill_block(stage));
  const bool in_transaction = stage.form == Stage::Form::transaction;
  if (in_transaction) stream::print(m_out, "BEGIN;\nSET LOCAL lock_timeout = '1s';\n");
  for (const auto& statement : stage.sql())
    stream::print(m_out, "{};\n", sql::printable(statement));
  if (in_transaction) stream::print(m_out, "COMMIT;\n");
}

void SqlReporter::end(const Report& report) {
  stream::print(m_out, "\n");
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
                        text::count(report.plan.steps().size(), "step")));
  }
}

}  // namespace pgmend::report
