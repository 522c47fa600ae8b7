// SPDX-License-Identifier: MIT
#include "app/fleet/what.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "util/text.hpp"

namespace pgmend::app {

std::string words_of_members(const FleetReport& report) {
  const auto& members = report.members;
  std::set<std::string> places;
  // Of what is not there nobody said which server and version it is not on.
  for (const auto& member : members)
    if (member.state != MemberState::absent) places.insert(member.database);
  if (places.empty() && !members.empty()) places.insert(members.front().database);
  const bool are_schemas = std::any_of(members.begin(), members.end(),
                                       [](const auto& member) { return !member.schema.empty(); });
  auto words = members.empty() ? "no member"
                               : text::count(members.size(), are_schemas ? "schema" : "database");
  if (are_schemas)
    words +=
        " of " + (places.size() == 1 ? *places.begin() : text::count(places.size(), "database"));
  if (report.shard)
    words += fmt::format(", shard {} of {}", report.shard->number, report.shard->of);
  return words;
}

}  // namespace pgmend::app
