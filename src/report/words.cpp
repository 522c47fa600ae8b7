// SPDX-License-Identifier: MIT
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "model/kind.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend::report {

std::string kind_words(const Kind& kind) {
  return text::replace_all(std::string(kind.name), "_", " ");
}

std::string title(const Subject& subject) {
  switch (subject.job) {
    case Job::ensure:
      return "Ensuring Database Schema";
    case Job::plan:
      return "Planning Schema Repairs";
    case Job::diff:
      return "Comparing Database Schemas";
    case Job::verify:
      break;
  }
  return "Verifying Database Schema";
}

std::string what_is_wrong(const Finding& finding) {
  if (!finding.attribute) return std::string(to_string(finding.judgement.sort));
  if (finding.judgement.sort == Sort::missing) return attribute_words(finding) + " missing";
  if (finding.judgement.sort == Sort::broken) return "broken";
  return attribute_words(finding) + " different";
}

std::string doing(const Finding& finding) {
  switch (finding.judgement.sort) {
    case Sort::missing:
      return "adding now...";
    case Sort::broken:
      return "rebuilding now...";
    case Sort::extra:
      return "removing now...";
    default:
      return "changing now...";
  }
}

std::string_view done(const Finding& finding) {
  switch (finding.judgement.sort) {
    case Sort::missing:
      return "added successfully";
    case Sort::broken:
      return "rebuilt successfully";
    case Sort::extra:
      return "removed successfully";
    default:
      return "changed successfully";
  }
}

std::string value_words(const Value& value) {
  return value.is_present() ? sql::visible(value.text()) : "nothing";
}

std::string interrupted_words(const Report& report) {
  if (!report.repairs_tried) return "Interrupted - nothing was changed";
  return "Interrupted - what is done stays done" +
         (report.notes.empty() ? "" : report.notes.back());
}

bool none_is_ours(const Report& report) {
  return std::all_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
    return !finding.is_drift() || finding.is_settled() || finding.consequence ||
           finding.judgement.consent == Consent::never;
  });
}

std::string how_to_repair(const Report& report) {
  std::vector<std::string> needed;
  bool any_free = false;
  for (const auto consent : {Consent::add, Consent::restore, Consent::alter, Consent::replace,
                             Consent::rewrite, Consent::drop}) {
    const bool asked =
        std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
          return finding.is_drift() && !finding.is_settled() && !finding.consequence &&
                 finding.judgement.consent == consent;
        });
    const bool free = consent == Consent::add || consent == Consent::restore;
    any_free = any_free || (asked && free);
    if (asked && !free) needed.emplace_back(to_string(consent));
  }
  if (needed.empty()) return "to repair it run: pgmend ensure (or: pgmend verify --fix)";
  const auto allow = "pgmend ensure --allow " + text::join(needed, ",");
  return any_free ? "to repair it run: pgmend ensure; for all of it: " + allow
                  : "to repair it run: " + allow;
}

std::string what_was_done(const Report& report) {
  std::map<std::string_view, std::size_t> counts;
  for (const auto& finding : report.findings)
    if (finding.outcome == Outcome::repaired) {
      const auto words = done(finding);
      ++counts[words.substr(0, words.find(' '))];
    }
  std::vector<std::string> parts;
  for (const auto& [word, number] : counts)
    parts.push_back(fmt::format("{} item(s) {}", number, word));
  return text::join(parts, ", ");
}

std::string attribute_words(const Finding& finding) {
  const auto name = finding.kind->attributes[*finding.attribute].name;
  return text::replace_all(std::string(name), "_", " ");
}

std::string object_words(const Kind& kind, const Name& name) {
  const bool by_name_alone =
      kind.home == Kind::Home::relation && (name.relation.empty() || kind.twin_element);
  if (by_name_alone) return display(kind, name);
  return fmt::format("{} {}", kind_words(kind), display(kind, name));
}

}  // namespace pgmend::report
