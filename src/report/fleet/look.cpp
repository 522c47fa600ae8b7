// SPDX-License-Identifier: MIT
#include "report/fleet/look.hpp"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "model/definition.hpp"
#include "model/finding_id.hpp"
#include "model/kind.hpp"
#include "report/issues.hpp"
#include "report/json.hpp"
#include "report/words.hpp"
#include "util/json_text.hpp"
#include "util/sql_schema_names.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend::report::fleet {

namespace {

using Json = nlohmann::ordered_json;

FleetLook::Told::Level level_of(Issue::Level level) {
  switch (level) {
    case Issue::Level::error:
      return FleetLook::Told::Level::error;
    case Issue::Level::warning:
      return FleetLook::Told::Level::warning;
    case Issue::Level::note:
      break;
  }
  return FleetLook::Told::Level::note;
}

/// With the first words of what is missing.
std::string beginning_of(const Issue& issue, const Report& run) {
  if (!is_missing(*issue.finding)) return "";
  const auto whole = expected_of(*issue.finding, *run.checked);
  if (!whole.is_present()) return "";
  const auto words = sql::visible(whole.text());
  const auto first = beginning(words);
  return first == words ? "" : text::replace_all(issue.text, text::visible_lines(words), first);
}

/// A member's own schema is not named: those that are alike have others.
std::string what_is_left(const Finding& finding, const std::string& schema) {
  if (!finding.is_drift() || finding.is_settled()) return "";
  auto name = finding.name;
  if (!schema.empty() && name.schema == schema) {
    name.schema = "public";
    if (finding.kind->spelled_out)
      name.name = sql::with_schema_in_name(name.name, schema, name.schema);
  }
  return fmt::format("{} {}", finding_id(finding), display(*finding.kind, name));
}

void tell(const Report& run, const std::string& schema, FleetLook& look) {
  const Document document = {run};
  for (const auto& issue : issues(document)) {
    if (!issue.finding) continue;
    look.told.push_back({level_of(issue.level), issue.id, what_is_left(*issue.finding, schema),
                         issue.title, issue.text, beginning_of(issue, run), issue.is_settled(),
                         is_told_by_owner(*issue.finding)});
  }
}

void plan(const Report& run, FleetLook& look) {
  for (const auto& step : run.plan.steps())
    for (const auto& stage : step.recipe.stages) {
      if (stage.form == Stage::Form::precondition) continue;
      FleetLook::Planned planned;
      for (const auto& statement : stage.sql())
        planned.statements.push_back(sql::printable(statement));
      planned.price = fmt::format("({}; {})", lock_words(stage.lock), to_string(stage.cost));
      planned.cost = to_string(stage.cost);
      planned.is_exclusive = stage.lock == Lock::access_exclusive;
      look.planned.push_back(std::move(planned));
    }
}

void count(const Report& run, FleetLook& look) {
  for (const auto& finding : run.findings)
    if (finding.is_drift() && !finding.is_settled() && !finding.consequence)
      ++look.left[{std::string(to_string(finding.judgement.sort)),
                   std::string(finding.kind->name)}];
}

std::string json_of(const Report& run) {
  const auto whole = Json::parse(report::json({run}));
  auto counts = whole["counts"];
  counts.erase("checked");  // that is not kept of so many
  return text::of_json({{"verdict", whole["verdict"]},
                        {"verdict_line", whole["verdict_line"]},
                        {"standing", whole["standing"]},
                        {"counts", std::move(counts)},
                        {"findings", whole["findings"]}},
                       -1);
}

}  // namespace

FleetLook look_of(const Report& run, const FleetMember& member) {
  FleetLook look;
  look.member = member.name;
  look.group = member.group;
  tell(run, member.schema, look);
  plan(run, look);
  count(run, look);
  look.failed = run.count(Outcome::failed);
  look.fails = run.fails();
  look.json = json_of(run);
  return look;
}

FleetReport fleet_of_one(const Report& run) {
  FleetReport report;
  const auto& subject = run.subject;
  report.job = subject.job;
  report.what = subject.target;
  report.expected = subject.source;
  report.notes = run.notes;
  report.interrupted = run.interrupted;
  report.duration = run.duration;
  auto& member = report.members.emplace_back();
  // Without the server's version, which changes while the database stays the same.
  member.name = subject.target.substr(0, subject.target.find(", PostgreSQL"));
  member.database = subject.target;
  member.state = state_of(run);
  member.records = run.standing.ledgers;
  member.message = run.failure.empty() ? run.standing.reason : run.failure;
  member.hint = run.failure.empty() ? run.standing.remedy : run.failure_hint;
  member.duration = run.duration;
  member.look = std::make_shared<const FleetLook>(look_of(run, member));
  return report;
}

}  // namespace pgmend::report::fleet
