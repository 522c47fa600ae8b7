// SPDX-License-Identifier: MIT
#include "report/html/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/definition.hpp"
#include "model/kind.hpp"
#include "report/html/marked.hpp"
#include "report/html/markup.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/sql_shown.hpp"
#include "util/text.hpp"

namespace pgmend::report::html {

namespace {

struct Sides {
  std::string expected;  // HTML
  std::string found;
};

std::string value_html(const Finding& finding, const Value& value) {
  if (!value.is_present()) return element("em", "nothing");
  return code(value_words(finding.kind->attributes[*finding.attribute], value));
}

/// `is_there`: whether it is, although what it is made of may not be known.
std::string definition_html(const Value& whole, bool is_there) {
  if (whole.is_present()) return code(sql::visible(whole.text()));
  return is_there ? "it is there" : element("em", "nothing");
}

Sides sides_of(const Report& report, const Finding& finding) {
  if (!finding.attribute)
    return {definition_html(expected_of(finding, *report.checked), finding.expected != nullptr),
            definition_html(actual_of(finding), finding.actual != nullptr)};
  const auto& expected = finding.expected_value();
  const auto& found = finding.actual_value();
  if (!expected.is_present() || !found.is_present())
    return {value_html(finding, expected), value_html(finding, found)};
  const auto& attribute = finding.kind->attributes[*finding.attribute];
  const auto both = marked(value_words(attribute, expected), value_words(attribute, found));
  return {"<code>" + both.expected + "</code>", "<code>" + both.found + "</code>"};
}

std::string sides(const Report& report, const Finding& finding, const std::string& caption) {
  if (!finding.attribute && !finding.expected && !finding.actual) return "";
  const auto [expected, found] = sides_of(report, finding);
  return fmt::format(
      "<table class=\"sides\" aria-label=\"{}\">\n"
      "<tr><th scope=\"row\">expected</th><td>{}</td></tr>\n"
      "<tr><th scope=\"row\">found</th><td>{}</td></tr>\n</table>\n",
      escape(caption), expected, found);
}

std::string outcome_words(const Report& report, const Finding& finding) {
  switch (finding.outcome) {
    case Outcome::repaired:
      return fmt::format("{}, and read again to prove it", done(finding));
    case Outcome::failed:
      return "not repaired: " + finding.outcome_text;
    case Outcome::refused:
      return "not repaired without you: " + finding.outcome_text;
    case Outcome::gone:
      return "no longer there when it was read again: somebody else mended it";
    case Outcome::open:
      break;
  }
  if (!finding.is_drift() || report.standing.forbids()) return "";
  const auto consent = finding.judgement.consent;
  if (consent == Consent::never) return "not for pgmend to repair";
  if (consent == Consent::add || consent == Consent::restore) return "";
  return fmt::format("repaired only with --allow {}", to_string(consent));
}

std::string fact(std::string_view label, const std::string& words) {
  if (words.empty()) return "";
  return element("dt", label) + element("dd", words) + '\n';
}

std::string facts(const Report& report, const Finding& finding) {
  const auto& help = finding.outcome_hint.empty() ? finding.judgement.hint : finding.outcome_hint;
  const auto rows = fact("why", text::visible(finding.judgement.reason)) +
                    fact("outcome", text::visible(outcome_words(report, finding))) +
                    fact("origin", origin_words(finding)) +
                    fact("declared", finding.where.file.empty() ? "" : display(finding.where)) +
                    fact("hint", help);
  return rows.empty() ? "" : "<dl class=\"facts\">\n" + rows + "</dl>\n";
}

std::string repair(const Report& report, std::size_t position) {
  const auto* recipe = report.repair_of(position);
  if (!recipe) return "";
  const auto body = stages(recipe->stages);
  if (body.empty()) return "";
  const bool is_done = report.findings[position].outcome == Outcome::repaired;
  return "<div class=\"repair\">\n" + element("h5", is_done ? "What was run" : "The repair") +
         '\n' + body + "</div>\n";
}

std::string card(const Report& report, const Finding& finding) {
  const auto position = static_cast<std::size_t>(&finding - report.findings.data());
  const auto mark = mark_of(finding);
  const auto name = object_words(*finding.kind, finding.name);
  const auto words = state_words(finding);
  auto out = fmt::format("<article class=\"finding {}\" id=\"f{}\">\n", mark.tone, position);
  out += fmt::format(
      "<h4><span class=\"sign\" aria-hidden=\"true\">{}</span> {} <span class=\"state\">{}</span>",
      mark.sign, code(name), escape(words));
  if (finding.outcome == Outcome::repaired) out += " <span class=\"state good\">✓ repaired</span>";
  out += "</h4>\n";
  out += sides(report, finding, fmt::format("{}: {}", name, words));
  return out + facts(report, finding) + repair(report, position) + "</article>\n";
}

std::string heading(const Group& group) {
  const auto name = group.kind ? display(*group.kind, group.name) : display(group.name);
  std::string kind = group.is_relation ? "table" : "";
  if (group.kind) kind = kind_words(*group.kind);
  std::vector<std::string> tally;
  if (!group.findings.empty()) tally.push_back(text::count(group.findings.size(), "finding"));
  if (!group.correct.empty()) tally.push_back(fmt::format("{} correct", group.correct.size()));
  return fmt::format("{} {} {}", code(name), element("span", "kind", kind),
                     element("span", "tally", text::join(tally, ", ")));
}

std::string group_section(const Report& report, const Groups& groups, const Group& group) {
  const auto id = anchor(groups, group);
  auto out =
      fmt::format("<section class=\"group\" aria-labelledby=\"{0}\">\n<h3 id=\"{0}\">{1}</h3>\n",
                  id, heading(group));
  std::string consequences;
  std::size_t number = 0;
  for (const auto* finding : group.findings) {
    if (!finding->consequence) {
      out += card(report, *finding);
      continue;
    }
    ++number;
    consequences += card(report, *finding);
  }
  if (number > 0)
    out += fmt::format("<details>\n<summary>{} that only {} from this</summary>\n{}</details>\n",
                       text::count(number, "finding"), number == 1 ? "follows" : "follow",
                       consequences);
  return out + "</section>\n";
}

bool has_drift(const Group& group) {
  return std::any_of(group.findings.begin(), group.findings.end(),
                     [](const Finding* finding) { return finding->is_drift(); });
}

}  // namespace

Mark mark_of(const Finding& finding) {
  if (finding.is_settled()) return {"✓", "repaired", "good"};
  if (finding.judgement.weight == Weight::unconfirmed) return {"?", "unconfirmed", "caution"};
  const bool is_drift = finding.is_drift();
  switch (finding.judgement.sort) {
    case Sort::missing:
      return {"−", "missing", is_drift ? "bad" : "note"};
    case Sort::broken:
      return {"!", "broken", is_drift ? "bad" : "note"};
    case Sort::extra:
      return {"+", "extra", is_drift ? "bad" : "note"};
    case Sort::different:
      break;
  }
  return {"≠", "different", is_drift ? "bad" : "note"};
}

std::string state_words(const Finding& finding) {
  if (finding.judgement.weight == Weight::unconfirmed) return "unconfirmed";
  const auto words = what_is_wrong(finding);
  return finding.is_drift() ? words : words + ", no drift";
}

std::string anchor(const Groups& groups, const Group& group) {
  return fmt::format("g{}", &group - groups.all().data());
}

std::string findings_section(const Report& report, const Groups& groups) {
  std::vector<const Group*> shown;
  for (const auto& group : groups.all())
    if (!group.findings.empty()) shown.push_back(&group);
  std::stable_partition(shown.begin(), shown.end(),
                        [](const Group* group) { return has_drift(*group); });
  std::string out =
      "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\" tabindex=\"-1\">Findings</h2>\n";
  const bool is_cut_short = report.interrupted || !report.failure.empty();
  if (shown.empty())
    out +=
        element("p", "quiet", is_cut_short ? "It did not come to any." : "There are none.") + '\n';
  for (const auto* group : shown) out += group_section(report, groups, *group);
  return out + "</section>\n";
}

std::string stages(const std::vector<Stage>& stages) {
  std::string out;
  for (const auto& stage : stages) {
    if (stage.form == Stage::Form::precondition) continue;
    std::string script;
    for (const auto& statement : stage.sql()) script += sql::printable(statement) + ";\n";
    if (!script.empty()) script.pop_back();
    out += fmt::format("<pre><code>{}</code></pre>\n", escape(script));
    out += element("p", "price",
                   fmt::format("{}; {}", lock_words(stage.lock), to_string(stage.cost))) +
           '\n';
  }
  return out;
}

}  // namespace pgmend::report::html
