// SPDX-License-Identifier: MIT
#include "report/fleet/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/fleet/words.hpp"
#include "util/text.hpp"

namespace pgmend::report::fleet {

namespace {

constexpr std::size_t k_names = 12;  // that are told of each case

class Text {
 public:
  Text(const FleetReport& report, const terminal::Style& style, Detail detail)
      : m_report(report), m_style(style), m_detail(detail) {}

  std::string written() {
    const auto verdict = coloured(verdict_line(m_report));
    if (m_detail == Detail::quiet) return verdict + "\n";
    line(verdict);
    rule();
    head();
    for (const auto& one : m_report.cases()) show(one);
    versions();
    line("");
    rule();
    for (const auto& words : {m_report.stopped, m_report.lacks})
      if (!words.empty()) line(m_style.yellow(m_style.warn()) + " " + shown(words, 2));
    line(shown(counts(m_report), 0));
    if (const auto words = plan_words(m_report); !words.empty() && m_report.job == Job::plan)
      line(shown("would run " + words, 2));
    if (const auto words = remedy(m_report); !words.empty()) hint(words, 0);
    line(verdict);
    return std::move(m_out);
  }

 private:
  void line(const std::string& text) { (m_out += text) += '\n'; }
  void rule() { line(std::string(60, '=')); }
  std::string shown(const std::string& text, std::size_t indent) const {
    return text::wrap(text::visible_lines(text), m_style.columns - indent,
                      std::string(indent, ' '));
  }
  void hint(const std::string& text, std::size_t indent) {
    if (!text.empty()) line(std::string(indent, ' ') + m_style.dim(shown("hint: " + text, indent)));
  }

  std::string coloured(const std::string& verdict) const {
    if (verdict.starts_with("verdict: correct")) return m_style.green(verdict);
    const bool is_bad =
        std::any_of(m_report.members.begin(), m_report.members.end(),
                    [](const FleetMember& member) { return tone_of(member.state) == Tone::bad; });
    return is_bad ? m_style.red(verdict) : m_style.yellow(verdict);
  }

  static std::string title(Job job) {
    return job == Job::ensure ? "Ensuring a Fleet"
           : job == Job::plan ? "Planning the Repairs of a Fleet"
                              : "Verifying a Fleet";
  }

  void head() {
    line(m_style.bold(title(m_report.job)));
    rule();
    const auto say = [&](const std::string& text) { line(m_style.dim(shown(text, 10))); };
    say("members:  " + text::visible(m_report.what));
    say("expected: " + text::visible(m_report.expected));
    for (const auto& note : m_report.notes) say("note:     " + text::visible(note));
  }

  std::string shape_words(const FleetCase& one) const {
    std::vector<std::string> labels;
    for (const auto i : one.members) {
      const auto& shape = m_report.members[i].shape;
      if (!shape) continue;
      const auto& label = m_report.shapes[*shape].label;
      if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
    }
    if (labels.empty()) return "";
    return fmt::format(" (shape{} {})", labels.size() == 1 ? "" : "s", text::join(labels, ", "));
  }

  void show(const FleetCase& one) {
    const auto& first = m_report.members[one.members.front()];
    line("");
    line(fmt::format("{} {}: {}, {}{}", sign_of(one.state, m_style), members(one.members.size()),
                     to_string(one.state), state_words(one.state), shape_words(one)));
    const bool is_usual = one.state == MemberState::correct;
    const auto most = m_detail == Detail::verbose ? one.members.size() : is_usual ? 4 : k_names;
    line("  " + shown(some_names(m_report, one, most), 2));
    // That it holds nothing is what the state says.
    if (!first.message.empty() && one.state != MemberState::empty)
      line("    " + shown(text::visible(first.message), 4));
    if (first.look) findings(*first.look);
    if (first.look && m_report.job == Job::plan) plan(*first.look);
    hint(first.hint, 4);
  }

  /// Those of one member, which stands for all that are alike.
  void findings(const FleetLook& look) {
    using Level = FleetLook::Told::Level;
    const bool is_all = m_detail == Detail::verbose;
    for (const auto& told : look.told) {
      const bool is_note = told.level == Level::note && !told.is_settled;
      if ((is_note || told.is_part) && !is_all) continue;
      line(fmt::format("    {} {}",
                       told.is_settled              ? m_style.green(m_style.ok())
                       : told.level == Level::error ? m_style.red(m_style.bad())
                       : is_note                    ? std::string(m_style.note())
                                                    : m_style.yellow(m_style.warn()),
                       text::visible(told.title)));
      const auto& words = is_all || told.beginning.empty() ? told.text : told.beginning;
      for (const auto part : text::split(words, '\n'))
        if (!part.empty()) line("        " + shown(text::visible(part), 8));
    }
  }

  /// Of one member, which stands for all that are alike.
  void plan(const FleetLook& look) {
    if (look.planned.empty()) return;
    line("    would run:");
    for (const auto& planned : look.planned) {
      for (const auto& statement : planned.statements) line("      " + statement + ";");
      line("        " + m_style.dim(planned.price));
    }
  }

  /// Versions by shapes, where there is more than one of either.
  void versions() {
    const auto cells = m_report.cells();
    std::map<std::string, std::map<std::size_t, std::size_t>> rows;
    for (const auto& cell : cells) rows[cell.version][cell.shape] = cell.members;
    const bool is_recorded = rows.size() > 1 || (rows.size() == 1 && !rows.begin()->first.empty());
    if (!is_recorded || (rows.size() == 1 && m_report.shapes.size() == 1)) return;
    constexpr std::size_t k_most_shapes = 6;
    const auto shapes = std::min(m_report.shapes.size(), k_most_shapes);
    std::size_t widest = 9;
    for (const auto& [version, counts] : rows) widest = std::max(widest, text::width(version));
    widest = std::min<std::size_t>(widest, 34);
    line("");
    auto head = fmt::format("{:<{}}", "Recorded", widest);
    for (std::size_t i = 0; i < shapes; ++i) head += fmt::format("{:>7}", m_report.shapes[i].label);
    if (shapes < m_report.shapes.size())
      head += fmt::format("   and {} more shapes", m_report.shapes.size() - shapes);
    line(m_style.bold(head));
    for (const auto& [version, counts] : rows) row(version, counts, widest, shapes);
    for (const auto& words : m_report.contradictions())
      line(m_style.yellow(m_style.warn()) + " " + shown(text::visible(words), 2));
  }

  void row(const std::string& version, const std::map<std::size_t, std::size_t>& counts,
           std::size_t widest, std::size_t shapes) {
    auto words = text::visible(version.empty() ? "nothing" : version);
    while (text::width(words) > widest) words.pop_back();
    std::string out = words + std::string(widest - text::width(words), ' ');
    for (std::size_t i = 0; i < shapes; ++i) {
      const auto found = counts.find(i);
      out += fmt::format("{:>7}", found == counts.end() ? "." : number(found->second));
    }
    line(out);
  }

  const FleetReport& m_report;
  const terminal::Style& m_style;
  Detail m_detail;
  std::string m_out;
};

}  // namespace

std::string text(const FleetDocument& document, const terminal::Style& style, Detail detail) {
  return Text(document.report, style, detail).written();
}

}  // namespace pgmend::report::fleet
