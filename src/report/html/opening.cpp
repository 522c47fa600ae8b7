// SPDX-License-Identifier: MIT
#include "report/html/opening.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/html/markup.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/text.hpp"

namespace pgmend::report::html {

namespace {

State drift_state(const Report& report) {
  if (report.subject.job == Job::diff) return {"Different", "≠", "bad"};
  if (report.repairs_tried) return {"Failed", "✗", "bad"};
  return {"Drift", "≠", "bad"};
}

State correct_state(const Report& report) {
  if (report.subject.job == Job::diff) return {"The same", "=", "good"};
  if (report.count(Outcome::repaired) > 0) return {"Repaired", "✓", "good"};
  return {"Correct", "✓", "good"};
}

std::string lead(const Report& report) {
  if (report.verdict() == Verdict::drift && report.repairs_tried) {
    const auto fixed = what_was_done(report);
    return fmt::format("{} left{}", text::count(report.open_drift(), "difference"),
                       fixed.empty() ? "" : ", " + fixed);
  }
  return sentence(verdict_reason(report));
}

/// What to do next, unless the lines below the verdict say it.
std::string next_step(const Report& report) {
  if (report.interrupted) return "Run the same command again to finish.";
  if (!report.failure.empty()) return report.failure_hint;
  if (report.verdict() == Verdict::drift && report.repairs_tried)
    return "The reasons stand with the findings below: mend them and run the same command again.";
  if (report.verdict() == Verdict::unconfirmed)
    return "What was checked is correct; the rest is marked below with the reason.";
  return "";
}

std::string tile(std::size_t number, std::string_view singular, std::string_view plural) {
  if (number == 0) return "";
  return fmt::format("<li><strong>{}</strong> {}</li>\n", number,
                     escape(number == 1 ? singular : plural));
}

std::size_t with_weight(const Report& report, Weight weight) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.judgement.weight == weight && !finding.consequence;
      }));
}

std::string counts(const Report& report, const Groups& groups) {
  std::size_t correct = 0;
  for (const auto& group : groups.all()) correct += group.correct.size();
  std::size_t unmodelled = 0;
  for (const auto& each : report.unmodelled) unmodelled += static_cast<std::size_t>(each.count);
  // A verdict of drift has said the number already.
  const auto tiles = tile(report.verdict() == Verdict::drift ? 0 : report.open_drift(),
                          "difference", "differences") +
                     tile(report.count(Outcome::repaired), "repaired", "repaired") +
                     tile(report.count(Outcome::failed), "repair failed", "repairs failed") +
                     tile(report.count(Outcome::refused), "needs you", "need you") +
                     tile(report.count(Outcome::gone), "mended meanwhile", "mended meanwhile") +
                     tile(with_weight(report, Weight::unconfirmed), "unconfirmed", "unconfirmed") +
                     tile(with_weight(report, Weight::information), "note", "notes") +
                     tile(correct, "correct", "correct") +
                     tile(unmodelled, "not compared", "not compared");
  return tiles.empty() ? "" : "<ul class=\"counts\">\n" + tiles + "</ul>\n";
}

std::string row(std::string_view label, std::string_view words) {
  return fmt::format("{}<dd>{}</dd>\n", label.empty() ? "" : element("dt", label),
                     escape(text::visible(words)));
}

Labelled lines_of(const Report& report) {
  auto lines = standing_lines(report);
  const bool is_drift = report.verdict() == Verdict::drift && report.subject.job != Job::diff;
  if (lines.empty() && is_drift) {
    lines.emplace_back("consequence", consequence_words(report));
    lines.emplace_back("remedy", remedy_words(report));
  }
  // That they are being added is said as it goes; here it is over.
  if (report.repairs_tried)
    std::erase_if(lines, [](const auto& line) { return line.first == "remedy"; });
  return lines;
}

}  // namespace

State state_of(const Report& report) {
  if (report.interrupted) return {"Interrupted", "!", "caution"};
  if (!report.failure.empty())
    return report.repairs_tried ? State{"Failed", "✗", "bad"}
                                : State{"Not verified", "?", "caution"};
  switch (report.verdict()) {
    case Verdict::pending:
      return {"Pending", "…", "wait"};
    case Verdict::unclear:
      return {"Unclear", "?", "caution"};
    case Verdict::unconfirmed:
      return {"Unconfirmed", "?", "caution"};
    case Verdict::drift:
      return drift_state(report);
    case Verdict::correct:
      break;
  }
  return correct_state(report);
}

std::string verdict_section(const Report& report, const Groups& groups) {
  const auto state = state_of(report);
  auto out =
      fmt::format("<section class=\"verdict {}\" aria-labelledby=\"verdict\">\n", state.tone);
  out += element("p", "job", title(report.subject)) + '\n';
  out += fmt::format(
      "<h1 id=\"verdict\"><span class=\"sign\" aria-hidden=\"true\">{}</span> {}</h1>\n",
      state.sign, escape(state.word));
  out += element("p", "lead", lead(report)) + '\n';
  if (!report.failure.empty()) out += element("p", "failure", report.failure) + '\n';
  if (const auto next = next_step(report); !next.empty())
    out += element("p", "next", sentence(next)) + '\n';
  return out + counts(report, groups) + "</section>\n";
}

std::string standing_section(const Report& report) {
  const auto lines = lines_of(report);
  if (lines.empty()) return "";
  std::string out = "<section aria-labelledby=\"standing\">\n";
  out += fmt::format("<h2 id=\"standing\">{}</h2>\n<dl class=\"standing\">\n",
                     report.repairs_tried ? "Before the repair" : "What it means");
  for (const auto& [label, words] : lines) out += row(sentence(label), words);
  return out + "</dl>\n</section>\n";
}

std::string subject_section(const Report& report, const std::string& when) {
  const auto& subject = report.subject;
  std::string rows;
  const auto add = [&](std::string_view label, const std::string& words) {
    if (!words.empty()) rows += row(label, words);
  };
  add(subject.job == Job::diff ? "Found in" : "Database", subject.target);
  add("Address from", subject.origin);
  add("Expected by", subject.source);
  add("When", fmt::format("{}, in {} ms", when, report.duration.count()));
  std::string_view label = "Note";
  for (const auto* notes : {&subject.notes, &report.notes})
    for (const auto& note : *notes) {
      add(label, note);
      label = "";
    }
  return "<section aria-labelledby=\"compared\">\n<h2 id=\"compared\">What was compared</h2>\n"
         "<dl class=\"subject\">\n" +
         rows + "</dl>\n</section>\n";
}

}  // namespace pgmend::report::html
