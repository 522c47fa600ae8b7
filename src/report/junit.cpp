// SPDX-License-Identifier: MIT
#include "report/junit.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "model/finding_id.hpp"
#include "model/kind.hpp"
#include "report/groups.hpp"
#include "report/html/markup.hpp"
#include "report/issues.hpp"
#include "report/standing.hpp"
#include "report/words.hpp"
#include "util/text.hpp"

/// There is no standard. What is written here is what Ant's schema and that of Jenkins' xUnit
/// plugin have in common: more is refused by one of them.
namespace pgmend::report {

namespace {

struct Case {
  enum class State { passed, failed, error, skipped };

  std::string name;
  State state = State::passed;
  std::string type = {};
  std::string message = {};
  std::string text = {};
};

struct Suite {
  std::string name;
  std::vector<Case> cases;

  long count(Case::State state) const {
    return std::count_if(cases.begin(), cases.end(),
                         [&](const Case& each) { return each.state == state; });
  }
};

Case::State state_of(const Finding& finding, const Report& report) {
  if (finding.is_settled() || finding.judgement.weight == Weight::information)
    return Case::State::passed;
  if (finding.judgement.weight == Weight::unconfirmed) return Case::State::error;
  const bool is_only_told =
      !report.may_fail_by(finding) || (finding.consequence && finding.outcome == Outcome::open);
  return is_only_told ? Case::State::skipped : Case::State::failed;
}

/// Several attributes of one object can be wrong: they make one case.
void add(Case& made, const Finding& finding, const Report& report) {
  const auto state = state_of(finding, report);
  if (state == Case::State::passed) return;
  const bool is_worse = made.state != Case::State::failed;
  const auto title = headline(finding);
  made.message += (made.message.empty() ? "" : "; ") + title;
  const auto words = explanation(finding, report);
  made.text += (made.text.empty() ? "" : "\n") + title + (words.empty() ? "" : "\n" + words);
  if (!is_worse) return;
  made.state = state;
  made.type = finding_id(finding);
}

std::vector<Case> cases_of(const Group& group, const Report& report) {
  std::vector<Case> cases;
  for (const auto* checked : group.correct)
    cases.push_back({object_words(*checked->kind, checked->name)});
  std::map<std::pair<const Kind*, Name>, std::size_t> positions;
  for (const auto* finding : group.findings) {
    // What is there and harmless is no test that anybody asked for.
    if (finding->judgement.sort == Sort::extra && state_of(*finding, report) == Case::State::passed)
      continue;
    const auto [known, is_new] =
        positions.try_emplace({finding->kind, finding->name}, cases.size());
    if (is_new) cases.push_back({object_words(*finding->kind, finding->name)});
    add(cases[known->second], *finding, report);
  }
  return cases;
}

/// The run as such: a report without a single case would be taken for a broken one.
Suite suite_of_run(const Document& document) {
  Suite suite{"pgmend", {}};
  for (const auto& issue : issues(document))
    if (!issue.finding)
      suite.cases.push_back({issue.id, Case::State::error, issue.id, issue.title, issue.message()});
  if (suite.cases.empty()) suite.cases.push_back({"run"});
  return suite;
}

std::vector<Suite> suites_of(const Document& document) {
  std::vector<Suite> suites = {suite_of_run(document)};
  const Groups groups(document.report);
  for (const auto& group : groups.all()) {
    auto cases = cases_of(group, document.report);
    if (cases.empty()) continue;
    const auto name = group.kind ? display(*group.kind, group.name) : display(group.name);
    suites.push_back({name, std::move(cases)});
  }
  return suites;
}

/// Plain white space in an attribute is read as spaces.
std::string in_attribute(std::string_view text) {
  const auto escaped = text::replace_all(html::escape(text), "\n", "&#10;");
  return text::replace_all(escaped, "\t", "&#9;");
}

std::string_view element(Case::State state) {
  switch (state) {
    case Case::State::failed:
      return "failure";
    case Case::State::error:
      return "error";
    default:
      return "skipped";
  }
}

/// Jenkins makes folders of what stands before a dot.
std::string class_name(const Suite& suite) {
  return "pgmend." + text::replace_all(suite.name, ".", "/");
}

std::string xml_of(const Case& test, const std::string& class_name) {
  const auto head = fmt::format(R"(    <testcase name="{}" classname="{}" time="0")",
                                in_attribute(test.name), in_attribute(class_name));
  if (test.state == Case::State::passed) return head + "/>\n";
  if (test.state == Case::State::skipped) return head + ">\n      <skipped/>\n    </testcase>\n";
  return fmt::format("{}>\n      <{} type=\"{}\" message=\"{}\">{}</{}>\n    </testcase>\n", head,
                     element(test.state), in_attribute(test.type), in_attribute(test.message),
                     html::escape(test.text), element(test.state));
}

std::string property(std::string_view name, std::string_view value) {
  return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, in_attribute(value));
}

std::string properties_of_run(const Document& document) {
  const auto& subject = document.report.subject;
  return property("verdict", verdict_line(document.report)) + property("database", subject.target) +
         property("expected", subject.source) + property("pgmend", document.version);
}

}  // namespace

std::string junit(const Document& document) {
  const auto started = fmt::gmtime(std::chrono::system_clock::to_time_t(document.started));
  const auto seconds = std::chrono::duration<double>(document.report.duration).count();
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  std::size_t id = 0;
  for (const auto& suite : suites_of(document)) {
    // The time is that of the run: it reads everything at once.
    out += fmt::format(
        R"(  <testsuite id="{}" package="pgmend" name="{}" timestamp="{:%Y-%m-%dT%H:%M:%S}")"
        R"( hostname="localhost" tests="{}" failures="{}" errors="{}" skipped="{}" time="{:.3f}">)"
        "\n",
        id, in_attribute(suite.name), started, suite.cases.size(), suite.count(Case::State::failed),
        suite.count(Case::State::error), suite.count(Case::State::skipped),
        id == 0 ? seconds : 0.0);
    // Some descriptions of the form want properties in each suite, and one at least.
    out += fmt::format("    <properties>\n{}    </properties>\n",
                       id == 0 ? properties_of_run(document) : property("about", suite.name));
    for (const auto& test : suite.cases) out += xml_of(test, class_name(suite));
    out += "    <system-out/>\n    <system-err/>\n  </testsuite>\n";
    ++id;
  }
  return out + "</testsuites>\n";
}

}  // namespace pgmend::report
