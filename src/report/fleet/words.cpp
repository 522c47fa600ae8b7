// SPDX-License-Identifier: MIT
#include "report/fleet/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "util/text.hpp"

namespace pgmend::report::fleet {

namespace {

constexpr auto k_states = std::to_array(
    {MemberState::failed, MemberState::drift, MemberState::absent, MemberState::empty,
     MemberState::unread, MemberState::unconfirmed, MemberState::unclear, MemberState::pending,
     MemberState::waiting, MemberState::repaired, MemberState::correct});

}  // namespace

std::string number(std::size_t n) {
  auto digits = std::to_string(n);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string members(std::size_t n) {
  return number(n) + (n == 1 ? " member" : " members");
}

Tone tone_of(MemberState state) {
  switch (state) {
    case MemberState::correct:
    case MemberState::repaired:
      return Tone::good;
    case MemberState::failed:
    case MemberState::drift:
    case MemberState::absent:
    case MemberState::empty:
      return Tone::bad;
    default:
      return Tone::warning;
  }
}

std::string sign_of(MemberState state, const terminal::Style& style) {
  switch (tone_of(state)) {
    case Tone::good:
      return style.green(style.ok());
    case Tone::bad:
      return style.red(style.bad());
    case Tone::warning:
      break;
  }
  return style.yellow(style.warn());
}

std::string state_words(MemberState state) {
  switch (state) {
    case MemberState::failed:
      return "a repair failed";
    case MemberState::drift:
      return "not as expected";
    case MemberState::absent:
      return "named, and not there";
    case MemberState::empty:
      return "there, and holds nothing";
    case MemberState::unread:
      return "could not be looked at";
    case MemberState::unconfirmed:
      return "not all could be checked";
    case MemberState::unclear:
      return "it is unclear what it is";
    case MemberState::pending:
      return "migrations are to be run first";
    case MemberState::waiting:
      return "a repair is still to come";
    case MemberState::repaired:
      return "as expected now, which was proven";
    case MemberState::correct:
      break;
  }
  return "as expected";
}

std::string counts(const FleetReport& report) {
  std::vector<std::string> words;
  for (const auto state : k_states)
    if (const auto n = report.count(state); n > 0)
      words.push_back(fmt::format("{} {}", number(n), to_string(state)));
  return text::join(words, ", ");
}

std::string verdict_line(const FleetReport& report) {
  const auto all = report.members.size();
  const auto wrong = report.wrong();
  if (report.interrupted) return "verdict: interrupted - " + counts(report);
  if (wrong == 0 && !report.lacks.empty()) return "verdict: unread - " + report.lacks;
  if (all == 0) return "verdict: correct - there is no member to look at";
  const auto worst = report.cases().front().state;
  if (all == 1)
    return wrong == 0 ? "verdict: correct - it is as expected"
                      : fmt::format("verdict: {} - it is not as expected", to_string(worst));
  if (wrong == 0) return fmt::format("verdict: correct - all {} are as expected", members(all));
  return fmt::format("verdict: {} - {} of {} {} not as expected", to_string(worst), number(wrong),
                     members(all), wrong == 1 ? "is" : "are");
}

std::string name_words(const FleetMember& member) {
  const auto name = text::visible(member.name);
  return member.group.empty() ? name : text::visible(member.group) + "/" + name;
}

std::string some_names(const FleetReport& report, const FleetCase& one, std::size_t most) {
  std::vector<std::string> names;
  for (const auto i : one.members) {
    if (names.size() == most) break;
    const auto& member = report.members[i];
    names.push_back(name_words(member) + (member.is_late ? " (new)" : ""));
  }
  auto words = text::join(names, ", ");
  if (one.members.size() == names.size()) return words;
  return fmt::format("{} and {} more", words, number(one.members.size() - names.size()));
}

namespace {

/// Behind "3 that", or "1 that".
std::string_view cost_words(const std::string& cost, bool is_one) {
  if (cost == to_string(Cost::catalog))
    return is_one ? "changes catalogs only" : "change catalogs only";
  if (cost == to_string(Cost::scan)) return is_one ? "reads a table" : "read a table";
  if (cost == to_string(Cost::build)) return is_one ? "builds an index" : "build an index";
  if (cost == to_string(Cost::rows)) return is_one ? "writes rows" : "write rows";
  return is_one ? "rewrites a table" : "rewrite a table";
}

}  // namespace

std::string plan_words(const FleetReport& report) {
  std::map<std::string, std::size_t> by_cost;
  std::size_t statements = 0;
  std::size_t planned = 0;
  std::size_t exclusive = 0;
  for (const auto& member : report.members) {
    if (!member.is_looked_at() || member.look->planned.empty()) continue;
    ++planned;
    for (const auto& stage : member.look->planned) {
      const auto count = stage.statements.size();
      statements += count;
      by_cost[stage.cost] += count;
      if (stage.is_exclusive) exclusive += count;
    }
  }
  if (statements == 0) return "";
  std::vector<std::string> words;
  for (const auto& [cost, count] : by_cost)
    words.push_back(fmt::format("{} that {}", number(count), cost_words(cost, count == 1)));
  auto out = fmt::format("{} in {}: {}", text::count(statements, "statement"), members(planned),
                         text::join(words, ", "));
  if (exclusive > 0)
    out += fmt::format("; {} of them block reads and writes while they run", number(exclusive));
  return out;
}

std::string remedy(const FleetReport& report) {
  // United reports do not know how the runs were called.
  const bool is_left = report.count(MemberState::drift) > 0 && !report.invocation.of_many.empty();
  if (report.job == Job::verify && is_left)
    return "to repair them, one first: " + report.invocation.command("ensure");
  return "";
}

}  // namespace pgmend::report::fleet
