// SPDX-License-Identifier: MIT
#include "report/standing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/kind.hpp"
#include "report/words.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

bool is_shown(const Finding& finding) {
  return finding.is_drift() && !finding.consequence;
}

std::size_t drift_found(const Report& report) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(), is_shown));
}

/// Whether version tables claim that the migrations have run, all that there are (which these are,
/// only the scripts tell), and something is wrong that they should have made.
bool is_claimed(const Report& report) {
  const auto& ledgers = report.standing.ledgers;
  const auto& findings = report.findings;
  const auto is_done = [](const Ledger& ledger) {
    return !ledger.recorded.empty() && !ledger.scripts.empty() && ledger.pending.empty() &&
           ledger.unknown.empty();
  };
  const auto is_theirs = [](const Finding& finding) {
    return is_shown(finding) && !finding.in_no_migration && finding.judgement.sort != Sort::extra;
  };
  return !ledgers.empty() && std::all_of(ledgers.begin(), ledgers.end(), is_done) &&
         std::any_of(findings.begin(), findings.end(), is_theirs);
}

std::string drift_words(const Report& report, std::size_t number) {
  const auto* claim = is_claimed(report)         ? "the migrations say done, the schema says no: "
                      : unwritten_in(report) > 0 ? "named by no migration: "
                                                 : "";
  return fmt::format("drift - {}{}", claim, text::count(number, "difference"));
}

std::string verdict_words(const Report& report) {
  switch (report.verdict()) {
    case Verdict::pending:
      return "pending - " + report.standing.reason;
    case Verdict::unclear:
      return "unclear - " + report.standing.reason;
    case Verdict::drift:
      return drift_words(report, report.open_drift());
    case Verdict::unconfirmed:
      return report.interrupted       ? "unconfirmed - interrupted"
             : report.failure.empty() ? "unconfirmed - not all could be checked"
             : report.repairs_tried   ? "unconfirmed - the repair was not finished"
                                      : "unconfirmed - the schema could not be checked";
    case Verdict::correct:
      break;
  }
  const auto fixed = what_was_done(report);
  return fixed.empty() ? "correct - all that is expected is there" : "correct - " + fixed;
}

std::string lower_ids(const std::vector<Revision>& revisions) {
  std::vector<std::string> ids;
  for (const auto& revision : revisions) ids.push_back(revision.id);
  return text::join(ids, ", ");
}

/// What other tools' tables say has no meaning here beyond being the last.
std::string entries_words(const Ledger& ledger) {
  if (ledger.table.empty()) return "nothing: there is no version table";
  if (ledger.recorded.empty()) return "nothing is applied";
  if (ledger.is_level) return fmt::format("it stands at {}", ledger.recorded.front());
  return fmt::format("{} applied, the last: {}", ledger.total, text::join(ledger.recorded, ", "));
}

std::string alembic_words(const Ledger& ledger) {
  if (ledger.table.empty()) return "nothing: there is no version table";
  if (ledger.recorded.empty()) return fmt::format("nothing: {} is empty", ledger.table);
  return fmt::format("{} {} applied", ledger.claim(), ledger.recorded.size() == 1 ? "is" : "are");
}

std::string says(const Ledger& ledger) {
  auto words = ledger.is_unread           ? "not readable"
               : ledger.tool == "Alembic" ? alembic_words(ledger)
                                          : entries_words(ledger);
  if (ledger.table.find('.') != std::string::npos) words += fmt::format(" ({})", ledger.table);
  if (ledger.scripts.empty() && !ledger.is_unread)
    words += ledger.tool == "Alembic" ? "; its scripts are not here"
                                      : "; its migrations are not here: more may be to run";
  if (!ledger.unknown.empty())
    words += fmt::format("; no script has {}", text::join(ledger.unknown, ", "));
  if (!ledger.pending.empty()) words += "; still to run: " + lower_ids(ledger.pending);
  if (!ledger.troubles.empty()) words += "; TROUBLE: " + text::join(ledger.troubles, ", ");
  for (const auto& note : ledger.notes) words += "; " + note;
  if (!ledger.notes.empty() && !ledger.right.empty())
    words += "; to let it be read: " + ledger.right;
  return words;
}

std::string lack_words(const Finding& finding) {
  const auto name = object_words(*finding.kind, finding.name);
  if (!finding.attribute && finding.judgement.sort == Sort::missing) return "no " + name;
  return fmt::format("{} {}", name, what_is_wrong(finding));
}

std::string has_words(const Report& report) {
  constexpr std::size_t k_shown = 2;
  std::vector<std::string> parts;
  std::size_t more = 0;
  for (const auto& finding : report.findings) {
    if (!is_shown(finding)) continue;
    if (parts.size() < k_shown)
      parts.push_back(lack_words(finding));
    else
      ++more;
  }
  if (parts.empty()) return "all that is expected of it";
  return text::join(parts, ", ") + (more == 0 ? "" : fmt::format(" and {} more", more));
}

/// "; it looks like b1, and claims d4".
std::string looks_words(const Report& report) {
  const auto& standing = report.standing;
  if (standing.ledgers.empty()) return "";
  const auto& ledger = standing.ledgers.front();
  if (standing.incomplete.empty()) {
    if (standing.looks_like.empty()) return "";
    return fmt::format("; it looks like {}, and claims {}", standing.looks_like, ledger.claim());
  }
  if (!standing.shortfall.empty())
    return fmt::format("; {}, and it claims {} (incomplete: {})", standing.shortfall,
                       text::join(ledger.recorded, ", "), text::join(standing.incomplete, ", "));
  const auto like =
      standing.looks_like.empty() ? "as if no migration had run" : "like " + standing.looks_like;
  return fmt::format("; it looks {}, and claims {} (incomplete: {})", like,
                     text::join(ledger.recorded, ", "), text::join(standing.incomplete, ", "));
}

Labelled visible(Labelled lines) {
  for (auto& [label, words] : lines) words = text::visible(words);
  return lines;
}

}  // namespace

std::string verdict_line(const Report& report) {
  return text::visible("verdict: " + verdict_words(report));
}

std::string verdict_reason(const Report& report) {
  constexpr std::string_view k_dash = " - ";
  const auto words = text::visible(verdict_words(report));
  return words.substr(words.find(k_dash) + k_dash.size());
}

std::string opening_verdict_line(const Report& report) {
  const bool is_drift = report.failure.empty() && !report.interrupted &&
                        !report.standing.forbids() && drift_found(report) > 0;
  return is_drift ? text::visible("verdict: " + drift_words(report, drift_found(report)))
                  : verdict_line(report);
}

std::string consequence_words(const Report& report) {
  if (!report.standing.consequence.empty() && report.standing.forbids())
    return report.standing.consequence;
  const Finding* first = nullptr;
  for (const auto& finding : report.findings) {
    if (!is_shown(finding) || finding.attribute || finding.judgement.sort != Sort::missing)
      continue;
    if (finding.kind->without.empty()) continue;
    // An error is worth more than what goes wrong in silence.
    const bool is_error = !finding.kind->without.starts_with("no error");
    if (!first || (is_error && first->kind->without.starts_with("no error"))) first = &finding;
    if (is_error) break;
  }
  if (!first)
    return report.standing.obstacle == Standing::Obstacle::pending
               ? "the code may ask for what is not there yet"
               : "the application runs on another schema than it was written for";
  auto words = text::replace_all(std::string(first->kind->without), "{name}",
                                 text::visible(first->name.name));
  return text::replace_all(words, "{relation}", text::visible(first->name.relation));
}

std::string remedy_words(const Report& report) {
  if (report.standing.forbids()) return report.standing.remedy;
  if (none_is_ours(report)) return "none of this is for pgmend to repair; see each finding";
  if (report.subject.job == Job::ensure && !report.subject.dry_run)
    return "what is missing is added now, as shown below";
  return how_to_repair(report);
}

Labelled standing_lines(const Report& report) {
  Labelled lines;
  const auto& standing = report.standing;
  if (standing.ledgers.empty()) return lines;
  for (const auto& ledger : standing.ledgers)
    lines.emplace_back(ledger.tool + " says", says(ledger));
  if (!report.failure.empty() || report.interrupted) return visible(std::move(lines));
  lines.emplace_back("the database has", has_words(report) + looks_words(report));
  for (const auto& evidence : standing.evidence) lines.emplace_back("", evidence);
  if (drift_found(report) == 0 && !standing.forbids()) return visible(std::move(lines));
  lines.emplace_back("consequence", consequence_words(report));
  lines.emplace_back("remedy", remedy_words(report));
  return visible(std::move(lines));
}

std::string origin_words(const Finding& finding) {
  if (finding.in_no_migration) return "no migration names it: write one";
  if (!finding.origin) return "";
  const auto& origin = *finding.origin;
  const auto* state = !origin.is_known    ? "not known whether it was applied"
                      : origin.is_applied ? "recorded as applied"
                                          : "not recorded as applied";
  return fmt::format("{}from {} ({}), {}", origin.is_sure ? "" : "likely ",
                     text::visible(origin.revision), display(origin.where), state);
}

}  // namespace pgmend::report
