// SPDX-License-Identifier: MIT
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "model/kind.hpp"
#include "model/lacking_consent.hpp"
#include "util/sql.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend::report {

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
      return "repairing now...";
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
      return "repaired successfully";
    case Sort::extra:
      return "removed successfully";
    default:
      return "changed successfully";
  }
}

std::string value_words(const Value& value) {
  return value.is_present() ? sql::visible(value.text()) : "nothing";
}

std::string value_words(const Attribute& attribute, const Value& value) {
  if (!value.is_present() || attribute.values.find("[]") == std::string_view::npos)
    return value_words(value);
  std::vector<std::string> words;
  for (const auto& element : sql::parse_array(value.text())) {
    const bool is_plain = !element.empty() && element.find(',') == std::string::npos;
    words.push_back(sql::visible(is_plain ? element : sql::quote_literal(element)));
  }
  return words.empty() ? "nothing" : text::join(words, ", ");
}

std::string interrupted_words(const Report& report) {
  if (!report.repairs_tried) return "Interrupted - nothing was changed";
  return "Interrupted - what is done stays done" +
         (report.notes.empty() ? "" : report.notes.back());
}

bool none_is_ours(const Report& report) {
  for (std::size_t i = 0; i < report.findings.size(); ++i)
    if (report.is_left(i) && !report.findings[i].consequence &&
        report.findings[i].judgement.consent != Consent::never)
      return false;
  return true;
}

namespace {

/// What is left, by what it takes.
struct Left {
  std::size_t ours = 0;  // repaired without being asked
  std::size_t consenting = 0;
  std::vector<std::string> consents;  // that those need
  std::size_t extra = 0;              // only --allow drop removes them
  std::size_t yours = 0;

  /// Whether there is but one sort.
  bool is_plain() const {
    return (ours > 0 ? 1 : 0) + (consenting > 0 ? 1 : 0) + (extra > 0 ? 1 : 0) +
               (yours > 0 ? 1 : 0) ==
           1;
  }
};

Consent needed_consent(const Finding& finding) {
  if (const auto lacking = lacking_consent(finding)) return *lacking;
  return finding.outcome == Outcome::open ? finding.judgement.consent : Consent::never;
}

Left left_in(const Report& report) {
  Left left;
  std::set<Consent> consents;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    if (!report.is_left(i)) continue;
    const auto& finding = report.findings[i];
    const auto needed = needed_consent(finding);
    if (needed == Consent::add || needed == Consent::restore)
      ++left.ours;
    else if (needed == Consent::never)
      ++left.yours;
    else if (needed == Consent::drop)
      ++left.extra;
    else {
      ++left.consenting;
      consents.insert(needed);
    }
  }
  for (const auto consent : consents) left.consents.emplace_back(to_string(consent));
  return left;
}

/// "2 are repaired by: ", or where there is nothing else "to repair it run: ".
std::string head(const Left& left, std::size_t number, std::string_view one,
                 std::string_view several) {
  if (left.is_plain()) return "to repair it run: ";
  return fmt::format("{} {}: ", number, number == 1 ? one : several);
}

}  // namespace

std::size_t unwritten_in(const Report& report) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
        return finding.in_no_migration && finding.is_drift() && !finding.consequence &&
               !finding.is_settled();
      }));
}

namespace {

/// A repair is of one database, and the next new one is made by the migrations.
std::string how_to_write(const Report& report) {
  const auto number = unwritten_in(report);
  if (number == 0) return "";
  const auto* what = number < report.open_drift() ? "what none names" : number == 1 ? "it" : "them";
  return fmt::format("write a migration for {}: {} --format alembic; in this database alone, ",
                     what, report.subject.invocation.command("plan"));
}

}  // namespace

std::string how_to_repair(const Report& report) {
  const auto left = left_in(report);
  const auto& invocation = report.subject.invocation;
  std::vector<std::string> parts;
  if (left.ours > 0) {
    const bool is_short = left.is_plain() && invocation.options.empty() &&
                          invocation.form.empty() && !report.subject.dry_run;
    parts.push_back(head(left, left.ours, "is repaired by", "are repaired by") +
                    invocation.command("ensure") + (is_short ? " (or: pgmend verify --fix)" : ""));
  }
  if (left.consenting > 0)
    parts.push_back(head(left, left.consenting, "needs consent", "need consent") +
                    invocation.command("ensure", left.consents));
  if (left.extra > 0)
    parts.push_back(fmt::format("{} not expected; to remove {}, with what {}: {}",
                                left.extra == 1 ? "1 is" : fmt::format("{} are", left.extra),
                                left.extra == 1 ? "it" : "them",
                                left.extra == 1 ? "it holds" : "they hold",
                                invocation.command("ensure", {"drop"})));
  if (left.yours > 0)
    parts.push_back(left.yours == 1
                        ? "1 needs you: see what is said of it"
                        : fmt::format("{} need you: see what is said of them", left.yours));
  if (invocation.lacks_password && left.yours < report.open_drift())
    parts.emplace_back("the password is left out: give it in PGPASSWORD");
  return how_to_write(report) + text::join(parts, "; ");
}

bool lacks_only_consent(const Report& report) {
  const auto left = left_in(report);
  return left.ours == 0 && left.yours == 0 && left.consenting + left.extra > 0;
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
  return display_with_kind(kind, name);
}

std::string beginning(const std::string& definition) {
  std::string line;
  for (const char c : definition) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t';
    if (!is_space)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  return text::shortened(line);
}

}  // namespace pgmend::report
