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
  std::set<Consent> consents;  // that those need
  std::size_t extra = 0;       // not expected: only --allow drop removes them
  std::size_t losing = 0;      // expected, and with what they hold now they cannot be
  std::set<Consent> consents_to_lose;
  std::size_t yours = 0;

  /// Whether there is but one sort.
  bool is_plain() const {
    return (ours > 0 ? 1 : 0) + (consenting > 0 ? 1 : 0) + (extra > 0 ? 1 : 0) +
               (losing > 0 ? 1 : 0) + (yours > 0 ? 1 : 0) ==
           1;
  }
};

/// None: it takes people.
std::set<Consent> needed_consents(const Finding& finding) {
  if (finding.outcome != Outcome::open) return lacking_consents(finding);
  const auto needed = finding.judgement.consent;
  return needed == Consent::never ? std::set<Consent>{} : std::set{needed};
}

Left left_in(const Report& report) {
  Left left;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    if (!report.is_left(i)) continue;
    const auto& finding = report.findings[i];
    const auto needed = needed_consents(finding);
    if (needed.empty())
      ++left.yours;
    else if (needed.contains(Consent::drop) && finding.judgement.sort == Sort::extra)
      ++left.extra;
    else if (needed.contains(Consent::drop)) {
      ++left.losing;
      left.consents_to_lose.insert(needed.begin(), needed.end());
    } else if (needed == std::set{Consent::add} || needed == std::set{Consent::restore})
      ++left.ours;
    else {
      ++left.consenting;
      left.consents.insert(needed.begin(), needed.end());
    }
  }
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

/// Who allows one thing to lose what it holds allows it to all.
std::string removed_along(const Report& report) {
  const auto number =
      std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
        return finding.is_removable() && !finding.consequence && !finding.is_settled();
      });
  if (number == 0) return "";
  return fmt::format(", and {} not expected {} as well", number,
                     number == 1 ? "is removed" : "are removed");
}

std::vector<std::string> words_of(const std::set<Consent>& consents) {
  std::vector<std::string> words;
  for (const auto consent : consents) words.emplace_back(to_string(consent));
  return words;
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
                    invocation.command("ensure", words_of(left.consents)));
  if (left.extra > 0)
    parts.push_back(fmt::format("{} not expected; to remove {}, with what {}: {}",
                                left.extra == 1 ? "1 is" : fmt::format("{} are", left.extra),
                                left.extra == 1 ? "it" : "them",
                                left.extra == 1 ? "it holds" : "they hold",
                                invocation.command("ensure", {"drop"})));
  if (left.losing > 0)
    parts.push_back(fmt::format(
        "{} in the repair{}: {}",
        left.losing == 1 ? "1 loses what it holds"
                         : fmt::format("{} lose what they hold", left.losing),
        removed_along(report), invocation.command("ensure", words_of(left.consents_to_lose))));
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
  return left.ours == 0 && left.yours == 0 && left.consenting + left.extra + left.losing > 0;
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
  const auto& attribute = finding.kind->attributes[*finding.attribute];
  if (!attribute.words.empty()) return std::string(attribute.words);
  return text::replace_all(std::string(attribute.name), "_", " ");
}

std::string object_words(const Kind& kind, const Name& name) {
  const bool by_name_alone =
      kind.home == Kind::Home::relation && (name.relation.empty() || kind.twin_element);
  if (by_name_alone) return display(kind, name);
  return display_with_kind(kind, name);
}

std::string beginning(const std::string& definition) {
  return text::shortened(text::one_line(definition));
}

}  // namespace pgmend::report
