// SPDX-License-Identifier: MIT
#include "report/fleet/junit.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "report/fleet/words.hpp"
#include "report/html/markup.hpp"
#include "util/text.hpp"

namespace pgmend::report::fleet {

namespace {

std::string attribute(std::string_view text) {
  return text::replace_all(text::replace_all(html::escape(text), "\n", "&#10;"), "\t", "&#9;");
}

/// Why a member is not as expected, in lines.
std::string reasons(const FleetMember& member) {
  std::vector<std::string> lines;
  for (const auto& words : {member.message, member.hint})
    if (!words.empty()) lines.push_back(words);
  if (!member.look) return text::join(lines, "\n");
  if (!member.is_looked_at())
    lines.push_back("alike, and looked at in depth: " + member.look->member);
  for (const auto& told : member.look->told)
    if (told.level != FleetLook::Told::Level::note) {
      lines.push_back(told.title);
      if (!told.text.empty()) lines.push_back(told.text);
    }
  return text::join(lines, "\n");
}

std::string case_of(const FleetMember& member, const std::string& suite) {
  const auto head =
      fmt::format(R"(    <testcase name="{}" classname="{}" time="{:.3f}")", attribute(member.name),
                  attribute("pgmend.fleet." + text::replace_all(suite, ".", "/")),
                  std::chrono::duration<double>(member.duration).count());
  if (tone_of(member.state) == Tone::good) return head + "/>\n";
  const auto* element = tone_of(member.state) == Tone::bad ? "failure" : "error";
  return fmt::format("{}>\n      <{} type=\"{}\" message=\"{}\">{}</{}>\n    </testcase>\n", head,
                     element, to_string(member.state), state_words(member.state),
                     html::escape(reasons(member)), element);
}

std::string property(std::string_view name, std::string_view value) {
  return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", name, attribute(value));
}

using Suite = std::pair<std::string, std::vector<const FleetMember*>>;

std::vector<Suite> suites_of(const FleetReport& report) {
  std::vector<Suite> suites;
  for (const auto& member : report.members) {
    const auto name = member.group.empty() ? std::string("members") : member.group;
    if (suites.empty() || suites.back().first != name) {
      const auto known = std::find_if(suites.begin(), suites.end(),
                                      [&](const Suite& suite) { return suite.first == name; });
      if (known != suites.end()) {
        known->second.push_back(&member);
        continue;
      }
      suites.push_back({name, {}});
    }
    suites.back().second.push_back(&member);
  }
  return suites;
}

}  // namespace

std::string junit(const FleetDocument& document) {
  const auto& report = document.report;
  const auto started = fmt::gmtime(std::chrono::system_clock::to_time_t(document.started));
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  std::size_t id = 0;
  for (const auto& [name, members] : suites_of(report)) {
    const auto count = [&, &all = members](bool is_bad) {
      return std::count_if(all.begin(), all.end(), [&](const FleetMember* member) {
        const auto tone = tone_of(member->state);
        return tone != Tone::good && (tone == Tone::bad) == is_bad;
      });
    };
    out += fmt::format(
        R"(  <testsuite id="{}" package="pgmend" name="{}" timestamp="{:%Y-%m-%dT%H:%M:%S}")"
        R"( hostname="localhost" tests="{}" failures="{}" errors="{}" skipped="0" time="{:.3f}">)"
        "\n",
        id, attribute(name), started, members.size(), count(true), count(false),
        id == 0 ? std::chrono::duration<double>(report.duration).count() : 0.0);
    out += "    <properties>\n" + property("verdict", verdict_line(report)) +
           property("members", report.what) + property("expected", report.expected) +
           property("pgmend", document.version) + "    </properties>\n";
    for (const auto* member : members) out += case_of(*member, name);
    out += "    <system-out/>\n    <system-err/>\n  </testsuite>\n";
    ++id;
  }
  return out + "</testsuites>\n";
}

}  // namespace pgmend::report::fleet
