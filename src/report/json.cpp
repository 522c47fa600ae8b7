// SPDX-License-Identifier: MIT
#include "report/json.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "model/definition.hpp"
#include "model/finding_id.hpp"
#include "model/kind.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/json_text.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

using Json = nlohmann::ordered_json;
using text::or_null;

/// Goes up when a reader of the form before would misunderstand the new one; what is only added
/// does not count.
constexpr int k_format_version = 1;
constexpr const char* k_findings = "findings";

template <typename Enum, std::size_t Size>
std::string word(Enum value, const std::array<const char*, Size>& words) {
  return words.at(static_cast<std::size_t>(value));
}

std::string verdict_word(Verdict verdict) {
  return word(verdict, std::to_array({"correct", "drift", "unconfirmed", "pending", "unclear"}));
}

std::string outcome_word(Outcome outcome) {
  return word(outcome, std::to_array({"open", "repaired", "failed", "refused", "gone"}));
}

std::string cost_word(Cost cost) {
  return word(cost, std::to_array({"catalog", "scan", "build", "rows", "rewrite"}));
}

std::string obstacle_word(Standing::Obstacle obstacle) {
  return word(obstacle, std::to_array({"none", "pending", "unclear"}));
}

std::string job_word(Job job) {
  return word(job, std::to_array({"verify", "ensure", "plan", "diff"}));
}

Json json_of(const SourceLocation& where) {
  if (where.file.empty()) return {};
  const auto counted = [](int number) { return number > 0 ? Json(number) : Json(); };
  return {{"file", where.file}, {"line", counted(where.line)}, {"column", counted(where.column)}};
}

Json json_of(const Value& value) {
  return value.is_present() ? Json(value.text()) : Json();
}

Json json_of(const std::optional<Origin>& origin) {
  if (!origin) return {};
  return {{"tool", origin->tool},
          {"revision", origin->revision},
          {"where", json_of(origin->where)},
          {"sure", origin->is_sure},
          {"applied", origin->is_known ? Json(origin->is_applied) : Json()}};
}

Json json_of(const Ledger& ledger);
Json json_of(const Revision& revision);
Json json_of(const Fault& fault);

template <typename Item>
Json json_of(const std::vector<Item>& items) {
  auto list = Json::array();
  for (const auto& item : items) list.push_back(json_of(item));
  return list;
}

Json json_of(const Revision& revision) {
  return {
      {"id", revision.id}, {"title", or_null(revision.title)}, {"where", json_of(revision.where)}};
}

Json json_of(const Ledger& ledger) {
  return {{"tool", ledger.tool},
          {"table", or_null(ledger.table)},
          {"readable", !ledger.is_unread},
          {"right", or_null(ledger.right)},
          {"recorded", ledger.recorded},
          {"rows", ledger.total},
          {"scripts", or_null(ledger.scripts)},
          {"heads", ledger.heads},
          {"pending", json_of(ledger.pending)},
          {"unknown", ledger.unknown},
          {"troubles", ledger.troubles},
          {"faults", ledger.faults},
          {"notes", ledger.notes}};
}

Json standing_of(const Report& report) {
  const auto& standing = report.standing;
  const auto lines = standing_lines(report);
  const auto line = [&](const char* label) {
    for (const auto& [name, words] : lines)
      if (name == label) return Json(words);
    return Json();
  };
  return {{"obstacle", obstacle_word(standing.obstacle)},
          {"reason", or_null(standing.reason)},
          {"evidence", standing.evidence},
          {"consequence", line("consequence")},
          {"remedy", line("remedy")},
          {"looks_like", or_null(standing.looks_like)},
          {"incomplete", standing.incomplete},
          {"ledgers", json_of(standing.ledgers)}};
}

Json statements_of(const Recipe* recipe) {
  auto list = Json::array();
  if (!recipe) return list;
  for (const auto& stage : recipe->stages) {
    if (stage.form == Stage::Form::precondition) continue;
    const auto lock = stage.lock == Lock::none ? Json() : Json(to_string(stage.lock));
    for (const auto& sql : stage.sql())
      list.push_back({{"sql", sql},
                      {"transaction", stage.form != Stage::Form::alone},
                      {"lock", lock},
                      {"also_locks", stage.also_locks},
                      {"cost", cost_word(stage.cost)}});
  }
  return list;
}

Json finding_of(const Finding& finding, const Report& report, const Recipe* recipe) {
  const auto attribute =
      finding.attribute ? Json(finding.kind->attributes[*finding.attribute].name) : Json();
  return {{"id", finding_id(finding)},
          {"kind", finding.kind->name},
          {"schema", or_null(finding.name.schema)},
          {"relation", or_null(finding.name.relation)},
          {"name", finding.name.name},
          {"attribute", attribute},
          {"sort", to_string(finding.judgement.sort)},
          {"weight", to_string(finding.judgement.weight)},
          {"consent", to_string(finding.judgement.consent)},
          {"expected", json_of(expected_of(finding, *report.checked))},
          {"actual", json_of(actual_of(finding))},
          {"reason", or_null(finding.judgement.reason)},
          {"hint", or_null(finding.judgement.hint)},
          {"consequence", finding.consequence},
          {"outcome", outcome_word(finding.outcome)},
          {"outcome_reason", or_null(finding.outcome_text)},
          {"outcome_hint", or_null(finding.outcome_hint)},
          {"where", json_of(finding.where)},
          {"origin", json_of(finding.origin)},
          {"in_no_migration", finding.in_no_migration},
          {"statements", statements_of(recipe)}};
}

/// As it stands inside of others, where lines begin with this margin.
std::string inside(const Json& json, std::string_view margin) {
  return text::replace_all(text::of_json(json, 2), "\n", margin);
}

/// One after the other: a tree of them all takes several kB for each.
std::string findings_of(const Report& report) {
  constexpr std::string_view k_margin = "\n    ";
  std::string out;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    out += i > 0 ? "," : "";
    out += k_margin;
    out += inside(finding_of(report.findings[i], report, report.repair_of(i)), k_margin);
  }
  return out.empty() ? "[]" : "[" + out + "\n  ]";
}

Json json_of(const Fault& fault) {
  return {{"what", or_null(fault.what)},
          {"message", fault.message},
          {"hint", or_null(fault.hint)},
          {"where", json_of(fault.where)}};
}

Json failure_of(const Document& document) {
  const auto& report = document.report;
  if (report.failure.empty()) return {};
  return {{"message", report.failure},
          {"hint", or_null(report.failure_hint)},
          {"faults", json_of(document.faults)}};
}

Json counts_of(const Report& report) {
  return {{"checked", report.checked->size()},       {"findings", report.findings.size()},
          {"open_drift", report.open_drift()},       {"repaired", report.count(Outcome::repaired)},
          {"failed", report.count(Outcome::failed)}, {"refused", report.count(Outcome::refused)},
          {"gone", report.count(Outcome::gone)}};
}

Json unmodelled_of(const Report& report) {
  auto list = Json::array();
  for (const auto& [what, count] : report.unmodelled)
    list.push_back({{"what", what}, {"count", count}});
  return list;
}

std::vector<std::string> notes_of(const Report& report) {
  auto notes = report.subject.notes;
  notes.insert(notes.end(), report.notes.begin(), report.notes.end());
  return notes;
}

}  // namespace

std::string json(const Document& document) {
  const auto& report = document.report;
  const auto& subject = report.subject;
  const Json root = {{"format_version", k_format_version},
                     {"pgmend_version", document.version},
                     {"job", job_word(subject.job)},
                     {"dry_run", subject.dry_run},
                     {"verdict", verdict_word(report.verdict())},
                     {"verdict_line", verdict_line(report)},
                     {"exit_code", document.exit_code},
                     {"failure", failure_of(document)},
                     {"interrupted", report.interrupted},
                     {"database", or_null(subject.target)},
                     {"database_from", or_null(subject.origin)},
                     {"source", or_null(subject.source)},
                     {"whole_schema", report.is_complete},
                     {"duration_ms", report.duration.count()},
                     {"notes", notes_of(report)},
                     {"counts", counts_of(report)},
                     {"standing", standing_of(report)},
                     {k_findings, Json()},
                     {"unmodelled", unmodelled_of(report)}};
  std::string out;
  for (const auto& [key, value] : root.items()) {
    out += out.empty() ? "{" : ",";
    out += fmt::format("\n  \"{}\": ", key);
    out += key == k_findings ? findings_of(report) : inside(value, "\n  ");
  }
  return out + "\n}\n";
}

}  // namespace pgmend::report
