// SPDX-License-Identifier: MIT
#include "report/html/lists.hpp"

#include <fmt/format.h>

#include "model/kind.hpp"
#include "report/html/findings.hpp"
#include "report/html/markup.hpp"
#include "report/words.hpp"
#include "util/text.hpp"

namespace pgmend::report::html {

namespace {

std::string open_section(std::string_view id, std::string_view title) {
  return fmt::format("<section aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n", id,
                     escape(title));
}

std::string folded(const std::string& summary, const std::string& body) {
  return fmt::format("<details>\n{}\n{}</details>\n", element("summary", summary), body);
}

std::string item(const Object& checked) {
  return element("li", object_words(*checked.kind, checked.name));
}

}  // namespace

std::string plan_section(const Report& report) {
  std::string body;
  for (const auto& step : report.plan.steps()) {
    std::string settles;
    for (const auto position : step.findings) {
      const auto& finding = report.findings[position];
      settles += fmt::format("<li><a href=\"#f{}\">{}</a> {}</li>\n", position,
                             escape(object_words(*finding.kind, finding.name)),
                             escape(what_is_wrong(finding)));
    }
    body += "<li>\n<ul class=\"settles\">\n" + settles + "</ul>\n" + stages(step.recipe.stages) +
            "</li>\n";
  }
  if (body.empty()) return "";
  const auto number = text::count(report.plan.steps().size(), "step");
  return open_section("sql", report.repairs_tried ? "The repair, as it was run"
                                                  : "The repair, as it would be run") +
         folded(number + ", in this order", "<ol class=\"steps\">\n" + body + "</ol>\n") +
         "</section>\n";
}

std::string correct_section(const Groups& groups) {
  std::string body;
  std::size_t number = 0;
  for (const auto& group : groups.all()) {
    if (group.correct.empty()) continue;
    number += group.correct.size();
    body += element("h3", group.kind ? display(*group.kind, group.name) : display(group.name)) +
            "\n<ul class=\"items\">\n";
    for (const auto* checked : group.correct) body += item(*checked) + '\n';
    body += "</ul>\n";
  }
  if (number == 0) return "";
  return open_section("correct", "Correct") +
         folded(text::count(number, "object") + " as expected", body) + "</section>\n";
}

std::string unmodelled_section(const Report& report) {
  if (report.unmodelled.empty()) return "";
  auto out = open_section("unmodelled", "Seen and not compared") + "<ul class=\"items\">\n";
  for (const auto& [what, number] : report.unmodelled)
    out += element("li", fmt::format("{} {}", number, what)) + '\n';
  return out + "</ul>\n</section>\n";
}

}  // namespace pgmend::report::html
