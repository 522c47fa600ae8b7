// SPDX-License-Identifier: MIT
#include "report/fleet/markdown.hpp"

#include <fmt/format.h>

#include "report/fleet/words.hpp"
#include "report/markdown.hpp"
#include "util/text.hpp"

namespace pgmend::report::fleet {

namespace {

/// A comment on GitHub holds 65,536 characters; beyond this nothing more is begun.
constexpr std::size_t k_full = 50'000;
constexpr std::size_t k_in_row = 20;

std::string_view sign(MemberState state) {
  switch (tone_of(state)) {
    case Tone::good:
      return "✅";
    case Tone::bad:
      return "❌";
    case Tone::warning:
      break;
  }
  return "⚠️";
}

std::string details(const FleetReport& report, const FleetCase& one) {
  const auto& first = report.members[one.members.front()];
  std::string out =
      fmt::format("**{}: {}**\n\n", members(one.members.size()), to_string(one.state));
  std::string lines;
  for (const auto& words : {first.message, first.hint})
    if (!words.empty()) lines += words + "\n";
  if (first.look)
    for (const auto& told : first.look->told)
      if (told.level != FleetLook::Told::Level::note)
        lines += told.title + "\n" + (told.text.empty() ? "" : told.text + "\n");
  return out + (lines.empty() ? "" : code_block(lines, "text") + "\n");
}

}  // namespace

std::string markdown(const FleetDocument& document) {
  const auto& report = document.report;
  const auto cases = report.cases();
  auto out =
      fmt::format("### {} pgmend fleet: {}\n\n", cases.empty() ? "✅" : sign(cases.front().state),
                  plain_markdown(verdict_line(report).substr(9)));
  out += fmt::format("- members: {}\n- expected: {}\n", plain_markdown(report.what),
                     plain_markdown(report.expected));
  for (const auto& note : report.notes) out += "- note: " + plain_markdown(note) + "\n";
  for (const auto& words : {report.stopped, report.lacks})
    if (!words.empty()) out += "- ⚠️ " + plain_markdown(words) + "\n";
  for (const auto& words : report.contradictions())
    out += "- ⚠️ " + plain_markdown(words) + "\n";
  out += "\n| | members | state | which |\n|---|---|---|---|\n";
  for (const auto& one : cases) {
    if (out.size() > k_full / 2) break;
    out += fmt::format("| {} | {} | {} | {} |\n", sign(one.state), number(one.members.size()),
                       to_string(one.state), plain_markdown(some_names(report, one, k_in_row)));
  }
  out += "\n<details><summary>Details</summary>\n\n";
  for (const auto& one : cases)
    if (tone_of(one.state) != Tone::good && out.size() < k_full) out += details(report, one);
  return out + "</details>\n";
}

}  // namespace pgmend::report::fleet
