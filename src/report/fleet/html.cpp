// SPDX-License-Identifier: MIT
#include "report/fleet/html.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <map>

#include "report/fleet/parts.hpp"
#include "report/fleet/words.hpp"
#include "report/html/markup.hpp"
#include "report/html/style.hpp"
#include "util/chance.hpp"
#include "util/text.hpp"

namespace pgmend::report::fleet {

namespace {

using html::element;
using html::escape;

struct Look {
  std::string_view sign;
  std::string_view tone;
};

/// Never by the colour alone.
Look look_of(MemberState state) {
  switch (state) {
    case MemberState::failed:
      return {"✗", "bad"};
    case MemberState::drift:
      return {"≠", "bad"};
    case MemberState::absent:
      return {"∅", "bad"};
    case MemberState::empty:
      return {"○", "bad"};
    case MemberState::unread:
      return {"!", "caution"};
    case MemberState::unconfirmed:
    case MemberState::unclear:
      return {"?", "caution"};
    case MemberState::pending:
    case MemberState::waiting:
      return {"…", "wait"};
    case MemberState::repaired:
      return {"+", "good"};
    case MemberState::correct:
      break;
  }
  return {"✓", "good"};
}

std::string word_of(const FleetReport& report) {
  if (report.interrupted) return "Interrupted";
  const auto cases = report.cases();
  return html::sentence(
      std::string(to_string(cases.empty() ? MemberState::correct : cases.front().state)));
}

Look look_of(const FleetReport& report) {
  const auto cases = report.cases();
  return look_of(cases.empty() ? MemberState::correct : cases.front().state);
}

/// Another one for each page, so that nothing in a name could have known it.
std::string nonce() {
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", chance(), chance(), chance(), chance());
}

std::string page_head(const FleetReport& report, const std::string& nonce) {
  return fmt::format(
      "<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; script-src 'nonce-{}'; img-src data:; base-uri 'none'; "
      "form-action 'none'\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
      "<meta name=\"generator\" content=\"pgmend " PGMEND_VERSION
      "\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n<title>{}: {}</title>\n"
      "<style>\n{}{}</style>\n</head>\n",
      nonce, escape(word_of(report)), escape(text::visible(report.what)), html::k_style,
      k_fleet_style);
}

std::string verdict(const FleetReport& report) {
  const auto look = look_of(report);
  auto out = fmt::format("<section class=\"verdict {}\" aria-labelledby=\"verdict\">\n", look.tone);
  out += element("p", "job",
                 report.job == Job::ensure ? "Ensuring a Fleet"
                 : report.job == Job::plan ? "Planning the Repairs of a Fleet"
                                           : "Verifying a Fleet");
  out += fmt::format(
      "\n<h1 id=\"verdict\"><span class=\"sign\" aria-hidden=\"true\">{}</span> {}</h1>\n",
      look.sign, escape(word_of(report)));
  const auto line = verdict_line(report);
  out += element("p", "lead", html::sentence(line.substr(line.find(" - ") + 3))) + '\n';
  for (const auto& words : {report.stopped, report.lacks})
    if (!words.empty()) out += element("p", "failure", html::sentence(words));
  out += "<ul class=\"counts\">\n";
  for (int i = 0; i <= static_cast<int>(MemberState::correct); ++i) {
    const auto state = static_cast<MemberState>(i);
    if (const auto count = report.count(state); count > 0)
      out += fmt::format("<li><strong>{}</strong> {}</li>\n", number(count), to_string(state));
  }
  return out + "</ul>\n</section>\n";
}

std::string subject(const FleetDocument& document) {
  const auto& report = document.report;
  const auto started = fmt::gmtime(std::chrono::system_clock::to_time_t(document.started));
  std::string rows;
  const auto add = [&](std::string_view label, const std::string& words) {
    if (words.empty()) return;
    rows +=
        (label.empty() ? "" : element("dt", label)) + element("dd", text::visible(words)) + "\n";
  };
  add("Members", report.what);
  add("Expected", report.expected);
  add("When", fmt::format("{:%Y-%m-%d %H:%M} UTC, in {} ms", started, report.duration.count()));
  add("Planned", report.job == Job::plan ? plan_words(report) : "");
  std::string_view label = "Note";
  for (const auto& note : report.notes) {
    add(label, note);
    label = "";
  }
  return "<section aria-labelledby=\"compared\">\n<h2 id=\"compared\">What was compared</h2>\n"
         "<dl class=\"subject\">\n" +
         rows + "</dl>\n</section>\n";
}

std::string filters(const FleetReport& report) {
  std::string inputs =
      "<input class=\"filter\" type=\"radio\" name=\"state\" id=\"f-all\" checked=\"checked\"/>\n";
  std::string labels = "<label for=\"f-all\">all</label>\n";
  std::string rules;
  for (int i = 0; i <= static_cast<int>(MemberState::correct); ++i) {
    const auto word = to_string(static_cast<MemberState>(i));
    const auto count = report.count(static_cast<MemberState>(i));
    if (count == 0) continue;
    inputs +=
        fmt::format("<input class=\"filter\" type=\"radio\" name=\"state\" id=\"f-{}\"/>\n", word);
    labels += fmt::format("<label for=\"f-{0}\">{1} {0}</label>\n", word, number(count));
    rules += fmt::format(
        "#f-{0}:checked ~ .map li:not(.s-{0}) {{ display: none; }}\n"
        "#f-{0}:checked ~ .choose label[for=\"f-{0}\"] {{ outline: .125rem solid var(--link); "
        "}}\n#f-{0}:focus-visible ~ .choose label[for=\"f-{0}\"] {{ outline: .1875rem solid "
        "var(--link); outline-offset: .1875rem; }}\n",
        word);
  }
  return "<style>\n" + rules + "</style>\n" + inputs +
         "<input class=\"filter\" type=\"checkbox\" id=\"names\"/>\n<div class=\"choose\">\n" +
         labels +
         "<label for=\"names\">with names</label>\n</div>\n"
         "<p class=\"choose none\"><input type=\"search\" id=\"search\" "
         "aria-label=\"Search members by name\" placeholder=\"search by name\"/>"
         "<span id=\"found\" class=\"quiet\" aria-live=\"polite\"></span></p>\n";
}

std::string map(const FleetReport& report, const std::vector<FleetCase>& cases) {
  std::vector<std::size_t> case_of(report.members.size());
  for (std::size_t i = 0; i < cases.size(); ++i)
    for (const auto member : cases[i].members) case_of[member] = i;
  std::string out =
      "<section aria-labelledby=\"map\">\n<h2 id=\"map\">Members</h2>\n" + filters(report);
  out += "<ul class=\"map\">\n";
  for (std::size_t i = 0; i < report.members.size(); ++i) {
    const auto& member = report.members[i];
    const auto look = look_of(member.state);
    const auto name = name_words(member);
    const auto shape =
        member.shape ? ", shape " + report.shapes[*member.shape].label : std::string();
    out += fmt::format(
        "<li class=\"s-{0}\" data-name=\"{1}\"><a class=\"{2}\" href=\"#case-{3}\" title=\"{1}: "
        "{0}{4}\"><span aria-hidden=\"true\">{5}</span><span class=\"name\">{1}</span></a></li>\n",
        to_string(member.state), escape(name), look.tone, case_of[i] + 1, shape, look.sign);
  }
  return out + "</ul>\n</section>\n";
}

std::string differences(const FleetLook& look) {
  std::string items;
  for (const auto& told : look.told) {
    if (told.level == FleetLook::Told::Level::note && !told.is_settled) continue;
    items += "<li>" + element("strong", told.title);
    if (!told.text.empty()) items += element("p", told.text);
    items += "</li>\n";
  }
  return items.empty() ? "" : "<ul class=\"differences\">\n" + items + "</ul>\n";
}

std::string planned(const FleetLook& look) {
  std::string statements;
  for (const auto& stage : look.planned)
    for (const auto& statement : stage.statements) statements += statement + ";\n";
  return statements.empty() ? "" : element("pre", statements) + "\n";
}

std::string case_article(const FleetReport& report, const FleetCase& one, std::size_t position) {
  constexpr std::size_t k_open = 20;
  const auto& first = report.members[one.members.front()];
  const auto look = look_of(one.state);
  auto out = fmt::format(
      "<article class=\"case {}\" id=\"case-{}\">\n<h3><span class=\"sign\" "
      "aria-hidden=\"true\">{}</span> {}: {} <span class=\"state\">{}</span></h3>\n",
      look.tone, position + 1, look.sign, members(one.members.size()), state_words(one.state),
      to_string(one.state));
  if (first.shape)
    out += element("p", "quiet", "shape " + report.shapes[*first.shape].label) + "\n";
  if (!first.message.empty()) out += element("p", html::sentence(first.message)) + "\n";
  if (!first.hint.empty()) out += element("p", "quiet", html::sentence(first.hint)) + "\n";
  if (first.look) {
    out += differences(*first.look);
    if (report.job == Job::plan) out += planned(*first.look);
    if (one.members.size() > 1 && tone_of(one.state) != Tone::good)
      out += element("p", "quiet",
                     fmt::format("As it is in {}; the others are alike.",
                                 text::visible(first.look->member))) +
             "\n";
  }
  const bool is_open = one.members.size() <= k_open && tone_of(one.state) != Tone::good;
  out += fmt::format("<details{}><summary>{}</summary>\n", is_open ? " open=\"open\"" : "",
                     members(one.members.size()));
  out += element("p", "members", some_names(report, one, one.members.size()));
  return out + "\n</details>\n</article>\n";
}

std::string versions(const FleetReport& report) {
  std::map<std::string, std::map<std::size_t, std::size_t>> rows;
  for (const auto& cell : report.cells()) rows[cell.version][cell.shape] = cell.members;
  if (rows.empty() || (rows.size() == 1 && rows.begin()->first.empty())) return "";
  std::string out =
      "<section aria-labelledby=\"versions\">\n<h2 id=\"versions\">Versions and shapes</h2>\n"
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"versions\">"
      "<table class=\"versions\">\n<thead><tr><th scope=\"col\">Recorded</th>";
  for (const auto& shape : report.shapes)
    out += fmt::format("<th scope=\"col\">{}</th>", shape.label);
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& [version, counts] : rows) {
    out += fmt::format("<tr><th scope=\"row\">{}</th>",
                       escape(text::visible(version.empty() ? "nothing" : version)));
    for (std::size_t i = 0; i < report.shapes.size(); ++i) {
      const auto found = counts.find(i);
      out += fmt::format("<td>{}</td>", found == counts.end() ? "·" : number(found->second));
    }
    out += "</tr>\n";
  }
  out += "</tbody>\n</table></div>\n";
  std::string warnings;
  for (const auto& words : report.contradictions()) warnings += element("li", text::visible(words));
  if (!warnings.empty()) out += "<ul class=\"warnings\">" + warnings + "</ul>\n";
  return out + "</section>\n";
}

}  // namespace

std::string html(const FleetDocument& document) {
  return html_with(document, "");
}

std::string html_with(const FleetDocument& document, const std::string& more) {
  const auto& report = document.report;
  const auto cases = report.cases();
  const auto once = nonce();
  auto out = "<!DOCTYPE html>\n<html lang=\"en\">\n" + page_head(report, once) +
             "<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<main>\n";
  out += verdict(report) + subject(document) + more;
  out += "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">What was found</h2>\n";
  for (std::size_t i = 0; i < cases.size(); ++i) out += case_article(report, cases[i], i);
  out += "</section>\n" + versions(report) + map(report, cases) + "</main>\n";
  out += "<footer>\n<p>Written by pgmend " PGMEND_VERSION
         ". This file loads nothing from elsewhere.</p>\n</footer>\n";
  return out + fmt::format("<script nonce=\"{}\">//<![CDATA[\n{}//]]></script>\n</body>\n</html>\n",
                           once, k_fleet_script);
}

}  // namespace pgmend::report::fleet
