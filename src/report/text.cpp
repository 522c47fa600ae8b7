// SPDX-License-Identifier: MIT
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "model/definition.hpp"
#include "model/kind.hpp"
#include "report/closing.hpp"
#include "report/groups.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/log.hpp"
#include "util/sql_shown.hpp"
#include "util/stream.hpp"
#include "util/text.hpp"

namespace pgmend::report {

namespace {

/// With more relations than this, those that are correct take one line each.
constexpr std::size_t k_many = 4;

/// Words that can hold anything, in lines.
std::string shown(const std::string& text, std::size_t columns, std::string_view indent) {
  return text::wrap(text::visible_lines(text), columns, indent);
}

std::string mark_of(const terminal::Style& style, Closing::Mark mark) {
  switch (mark) {
    case Closing::Mark::none:
      break;
    case Closing::Mark::ok:
      return std::string(style.big_ok());
    case Closing::Mark::warning:
      return fmt::format("{} ", style.warn());
    case Closing::Mark::bad:
      return std::string(style.big_bad());
  }
  return {};
}

}  // namespace

TextReporter::TextReporter(std::FILE* out, terminal::Style style, Detail detail,
                           std::chrono::milliseconds log_every)
    : m_out(out), m_style(style), m_detail(detail), m_log(log_every) {}

void TextReporter::line(const std::string& text) {
  clear_progress();
  stream::print(m_out, "{}\n", text);
  stream::flush(m_out);
  m_log.rest();
}

void TextReporter::rule() {
  line(std::string(60, '='));
}

void TextReporter::hint(const std::string& text, int indent) {
  if (text.empty()) return;
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  line(margin + m_style.dim(shown("hint: " + text, m_style.columns - margin.size(), margin)));
}

void TextReporter::begin(const Subject& subject) {
  m_subject = subject;
  m_began = m_detail != Detail::quiet;
}

/// The verdict opens the report, so nothing is told before it is known.
void TextReporter::open(const Report& report) {
  if (!m_began || m_opened) return;
  m_opened = true;
  verdict(opening_verdict_line(report));
  const auto& subject = m_subject;
  rule();
  line(m_style.bold(title(subject)));
  rule();
  const auto say = [&](const std::string& text) {
    line(m_style.dim(shown(text, m_style.columns, "          ")));
  };
  say(text::visible(
      fmt::format("database: {}{}", subject.target,
                  subject.origin.empty() ? "" : fmt::format(" (from {})", subject.origin))));
  say("expected: " + text::visible(subject.source));
  for (const auto& note : report.subject.notes) say("note:     " + text::visible(note));
  standing(report);
}

void TextReporter::verdict(const std::string& text) {
  const bool good = text.starts_with("verdict: correct");
  const bool bad = text.starts_with("verdict: drift");
  line(good ? m_style.green(text) : bad ? m_style.red(text) : m_style.yellow(text));
}

void TextReporter::standing(const Report& report) {
  constexpr std::size_t k_label = 18;
  const std::string margin(k_label, ' ');
  const auto lines = standing_lines(report);
  if (!lines.empty()) line("");
  for (const auto& [label, words] : lines) {
    const auto head = label.empty() ? std::string() : label + ":";
    line(shown(fmt::format("{:<{}} {}", head, k_label - 1, words), m_style.columns, margin));
  }
}

void TextReporter::checked(const Report& report) {
  if (m_detail == Detail::quiet) return;
  open(report);
  m_expected = report.checked;
  m_mends = m_subject.job == Job::ensure && !m_subject.dry_run && !report.standing.forbids();
  if (report.is_complete && m_detail != Detail::verbose)
    checked_complete(report);
  else
    checked_all(Groups(report));
  if (m_mends && !report.plan.steps().empty()) line("");
  if (report.subject.dry_run) would_run(report.plan);
}

void TextReporter::checked_all(const Groups& groups) {
  const bool many = groups.all().size() > k_many && m_detail != Detail::verbose;
  for (const auto& group : groups.all()) show(group, many);
}

namespace {

using Counts = std::vector<std::pair<const Kind*, std::size_t>>;

void count(const Kind& kind, Counts& counts) {
  const auto found = std::find_if(counts.begin(), counts.end(),
                                  [&](const auto& each) { return each.first == &kind; });
  if (found == counts.end())
    counts.emplace_back(&kind, 1);
  else
    ++found->second;
}

/// No object is made for being counted.
Counts count_all(const Schema& schema) {
  Counts counts;
  for (Position at = 0; at < schema.size(); ++at) count(schema.kind_at(at), counts);
  return counts;
}

Counts count_correct(const Groups& groups) {
  Counts counts;
  for (const auto& group : groups.all())
    for (const auto* checked : group.correct) count(*checked->kind, counts);
  return counts;
}

}  // namespace

/// Thousands of correct objects are one line.
void TextReporter::checked_complete(const Report& report) {
  std::optional<Groups> groups;
  if (!report.findings.empty()) groups.emplace(report);
  const auto counts = groups ? count_correct(*groups) : count_all(*report.checked);
  std::vector<std::string> words;
  for (const auto& [kind, number] : counts)
    words.push_back(fmt::format(
        "{} {}", number,
        text::replace_all(std::string(number == 1 ? kind->name : kind->plural), "_", " ")));
  if (!words.empty()) {
    line("");
    line(fmt::format(
        "{} {}", m_style.green(m_style.ok()),
        shown(fmt::format("{} correct", text::join(words, ", ")), m_style.columns - 2, "  ")));
  }
  if (groups)
    for (const auto& group : groups->all())
      if (!group.findings.empty()) show(group, true);
  words.clear();
  for (const auto& [what, number] : report.unmodelled)
    words.push_back(fmt::format("{} {}", number, what));
  if (!words.empty())
    line(fmt::format("{} {}", m_style.yellow(m_style.warn()),
                     shown(fmt::format("seen and not compared: {}", text::join(words, ", ")),
                           m_style.columns - 2, "  ")));
}

void TextReporter::would_run(const Plan& plan) {
  if (plan.steps().empty()) return;
  line("");
  line("Would run:");
  for (const auto& step : plan.steps())
    for (const auto& stage : step.recipe.stages) {
      if (stage.form == Stage::Form::precondition) continue;
      for (const auto& statement : stage.sql()) line("  " + sql::printable(statement) + ";");
      const auto price = fmt::format("({}; {})", lock_words(stage.lock), to_string(stage.cost));
      line("      " + m_style.dim(shown(price, m_style.columns - 6, "      ")));
    }
}

void TextReporter::show(const Group& group, bool collapse) {
  const auto& [name, is_relation, kind, correct, findings] = group;
  const auto title = kind ? display(*kind, name) : display(name);
  if (collapse && findings.empty())
    return line(fmt::format("{} {} correct ({})", m_style.green(m_style.ok()), title,
                            text::count(correct.size(), "item")));
  // What is mended is told below, once.
  if (std::none_of(findings.begin(), findings.end(),
                   [&](const Finding* found) { return is_told(*found); })) {
    if (correct.empty()) return;
    if (collapse)
      return line(fmt::format("{} {}: {} correct", m_style.green(m_style.ok()), title,
                              text::count(correct.size(), "item")));
  }
  line("");
  line(is_relation ? fmt::format("Checking {} {}...", title, kind ? kind_words(*kind) : "table")
                   : fmt::format("Checking {}...", title));
  if (collapse && correct.size() > 1) {
    line(fmt::format("  {} {} correct", m_style.green(m_style.ok()),
                     text::count(correct.size(), "item")));
  } else {
    for (const auto* checked : correct)
      if (!checked->name.relation.empty() || correct.size() + findings.size() == 1)
        line(fmt::format("  {} {} exists", m_style.green(m_style.ok()),
                         object_words(*checked->kind, checked->name)));
  }
  for (const auto* found : findings)
    if (is_told(*found)) finding(*found);
}

bool TextReporter::is_told_later(const Finding& found) const {
  return m_mends && found.is_drift() && found.outcome == Outcome::open;
}

bool TextReporter::is_told(const Finding& found) const {
  return !is_told_later(found) && (!found.consequence || m_detail == Detail::verbose);
}

void TextReporter::finding(const Finding& found) {
  const auto name = object_words(*found.kind, found.name);
  if (found.judgement.weight == Weight::drift)
    line(fmt::format("  {} {} {}", m_style.red(m_style.bad()), name, what_is_wrong(found)));
  else if (found.judgement.weight == Weight::unconfirmed)
    line(fmt::format("  {} {} unconfirmed", m_style.yellow(m_style.warn()), name));
  else
    line(fmt::format("  {} {}: {}", m_style.note(), name,
                     found.attribute                       ? what_is_wrong(found)
                     : found.judgement.sort == Sort::extra ? "extra"
                                                           : "note"));
  values(found);
  // What keeps a whole run from asking is told once.
  if (found.judgement.weight == Weight::unconfirmed && !found.judgement.reason.empty() &&
      found.outcome_text.empty() &&
      !m_told.emplace(found.judgement.reason, found.judgement.hint).second)
    return line("      for the same reason as above");
  if (!found.judgement.reason.empty())
    line("      " + shown(text::visible(found.judgement.reason), m_style.columns - 6, "      "));
  if (!found.outcome_text.empty())
    line("      " + shown(text::visible(found.outcome_text), m_style.columns - 6, "      "));
  origin(found);
  const auto& help = found.outcome_hint.empty() ? found.judgement.hint : found.outcome_hint;
  hint(help, 6);
}

void TextReporter::origin(const Finding& found) {
  if (const auto words = origin_words(found); !words.empty())
    line(m_style.dim(shown("      " + words, m_style.columns, "      ")));
}

void TextReporter::values(const Finding& found) {
  const auto show = [&](std::string_view label, const std::string& words) {
    line(fmt::format("      {} {}", label, shown(words, m_style.columns - 16, "                ")));
  };
  if (is_missing(found)) {
    const auto whole = expected_of(found, *m_expected);
    if (!whole.is_present()) return;
    const auto words = sql::visible(whole.text());
    return show("expected:", m_detail == Detail::verbose ? words : beginning(words));
  }
  if (!found.attribute) return;
  const auto& attribute = found.kind->attributes[*found.attribute];
  if (!is_fault(found)) show("expected:", value_words(attribute, found.expected_value()));
  show("found:   ", value_words(attribute, found.actual_value()));
}

bool TextReporter::is_within_another(const Finding& found) const {
  return is_told_by_owner(found) && m_detail != Detail::verbose;
}

void TextReporter::mending(const Finding& finding) {
  if (m_detail == Detail::quiet || is_within_another(finding)) return;
  line(fmt::format("  {} {} {} - {}", m_style.yellow(m_style.warn()),
                   object_words(*finding.kind, finding.name), what_is_wrong(finding),
                   doing(finding)));
  values(finding);
  origin(finding);
}

void TextReporter::mended(const Finding& finding) {
  if (m_detail == Detail::quiet) return;
  auto name = object_words(*finding.kind, finding.name);
  if (finding.attribute && finding.judgement.sort != Sort::broken)
    name += ' ' + attribute_words(finding);
  if (finding.outcome == Outcome::repaired) {
    if (is_within_another(finding)) return;
    return line(fmt::format("  {} {} {}", m_style.green(m_style.ok()), name, done(finding)));
  }
  line(fmt::format(
      "  {} {}", m_style.red(m_style.bad()),
      shown(fmt::format("{} not repaired: {}", name, text::visible(finding.outcome_text)),
            m_style.columns - 6, "      ")));
  hint(finding.outcome_hint, 6);
}

void TextReporter::progress(const std::string& text) {
  if (m_detail == Detail::quiet) return;
  if (!m_style.is_terminal || log::is_json()) return m_log.say(text);
  clear_progress();
  auto words = text::visible(text);
  while (text::width(words) > m_style.columns - 3) words.pop_back();
  stream::print(stderr, "  {}\r", words);
  stream::flush(stderr);
  m_progress_shown = true;
}

void TextReporter::clear_progress() {
  if (!m_progress_shown) return;
  stream::print(stderr, "\033[2K\r");
  stream::flush(stderr);
  m_progress_shown = false;
}

void TextReporter::end(const Report& report) {
  open(report);
  if (m_began) {
    line("");
    rule();
  }
  closing(report);
  if (!m_began) return;
  rule();
  verdict(verdict_line(report));
}

void TextReporter::closing(const Report& report) {
  const auto closing = report::closing(report, m_detail);
  const auto words = shown(mark_of(m_style, closing.mark) + closing.words, m_style.columns, "  ");
  switch (closing.tone) {
    case Closing::Tone::good:
      line(m_style.green(words));
      break;
    case Closing::Tone::doubtful:
      line(m_style.yellow(words));
      break;
    case Closing::Tone::bad:
      line(m_style.red(words));
      break;
  }
  hint(closing.hint, 0);
  if (!closing.aftermath.empty()) line(closing.aftermath);
}

}  // namespace pgmend::report
