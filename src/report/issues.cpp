// SPDX-License-Identifier: MIT
#include "report/issues.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "model/definition.hpp"
#include "model/finding_id.hpp"
#include "model/kind.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

/// FNV-1a, 64 bits: short, and the same everywhere.
std::string hash(const std::vector<std::string>& parts) {
  std::uint64_t value = 14695981039346656037U;
  const auto add = [&](unsigned char byte) { value = (value ^ byte) * 1099511628211U; };
  for (const auto& part : parts) {
    for (const char c : part) add(static_cast<unsigned char>(c));
    add(0);
  }
  return fmt::format("{:016x}", value);
}

/// A message of several lines has its first one as its title.
Issue of_run(std::string id, const std::string& message, const std::string& text,
             SourceLocation place = {}) {
  const auto end = std::min(message.find('\n'), message.size());
  auto rest = message.substr(std::min(end + 1, message.size()));
  if (!rest.empty() && !text.empty()) rest += '\n';
  Issue issue;
  issue.title = text::visible(message.substr(0, end));
  issue.text = text::visible_lines(rest + text);
  issue.fingerprint = hash({id, message, place.file});
  issue.id = std::move(id);
  issue.place = std::move(place);
  return issue;
}

std::string hint_line(const std::string& hint) {
  return hint.empty() ? "" : "hint: " + hint;
}

void add_failure(const Document& document, std::vector<Issue>& all) {
  const auto& report = document.report;
  for (const auto& [where, what, message, hint] : document.faults)
    all.push_back(of_run("spec.fault",
                         what.empty() ? message : text::visible(what) + ": " + message,
                         hint_line(hint), where));
  if (report.interrupted)
    all.push_back(of_run("run.interrupted", interrupted_words(report), ""));
  else if (!report.failure.empty() && document.faults.empty())
    all.push_back(of_run("run.failure", report.failure, hint_line(report.failure_hint)));
}

void add_obstacle(const Report& report, std::vector<Issue>& all) {
  const auto& standing = report.standing;
  if (!standing.forbids()) return;
  auto lines = standing.evidence;
  lines.push_back(hint_line(standing.remedy));
  const bool is_pending = standing.obstacle == Standing::Obstacle::pending;
  all.push_back(of_run(is_pending ? "migrations.pending" : "migrations.unclear",
                       fmt::format("{}: {}", is_pending ? "pending" : "unclear", standing.reason),
                       text::join(lines, "\n")));
}

Issue::Level level_of(const Finding& finding, const Report& report) {
  if (finding.is_settled() || finding.judgement.weight == Weight::information)
    return Issue::Level::note;
  return report.may_fail_by(finding) ? Issue::Level::error : Issue::Level::warning;
}

Issue of_finding(const Finding& finding, const Report& report) {
  Issue issue;
  issue.level = level_of(finding, report);
  issue.id = finding_id(finding);
  issue.title = headline(finding);
  issue.text = explanation(finding, report);
  issue.place =
      finding.where.file.empty() && finding.origin ? finding.origin->where : finding.where;
  issue.fingerprint =
      hash({issue.id, finding.name.schema, finding.name.relation, finding.name.name});
  issue.finding = &finding;
  return issue;
}

std::string outcome_line(const Finding& finding) {
  switch (finding.outcome) {
    case Outcome::repaired:
      return std::string(done(finding));
    case Outcome::gone:
      return "mended by others meanwhile";
    case Outcome::failed:
      return "not repaired: " + finding.outcome_text;
    default:
      return finding.outcome_text;
  }
}

}  // namespace

std::string headline(const Finding& finding) {
  const auto name = object_words(*finding.kind, finding.name);
  if (finding.judgement.weight == Weight::unconfirmed) return name + " unconfirmed";
  return fmt::format("{} {}", name, what_is_wrong(finding));
}

std::string explanation(const Finding& finding, const Report& report) {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& line) {
    if (!line.empty()) lines.push_back(line);
  };
  if (finding.attribute) {
    const auto& attribute = finding.kind->attributes[*finding.attribute];
    if (!is_fault(finding)) add("expected: " + value_words(attribute, finding.expected_value()));
    add("found: " + value_words(attribute, finding.actual_value()));
  } else if (const auto whole = expected_of(finding, *report.checked);
             is_missing(finding) && whole.is_present()) {
    add("expected: " + sql::visible(whole.text()));
  }
  add(text::visible(finding.judgement.reason));
  add(text::visible(outcome_line(finding)));
  add(origin_words(finding));
  add(hint_line(finding.outcome_hint.empty() ? finding.judgement.hint : finding.outcome_hint));
  return text::visible_lines(text::join(lines, "\n"));
}

std::vector<Issue> issues(const Document& document) {
  std::vector<Issue> all;
  add_failure(document, all);
  add_obstacle(document.report, all);
  for (const auto& finding : document.report.findings)
    if (!finding.consequence || finding.outcome != Outcome::open)
      all.push_back(of_finding(finding, document.report));
  return all;
}

}  // namespace pgmend::report
