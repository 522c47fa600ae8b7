// SPDX-License-Identifier: MIT
#include "model/fleet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>

#include "util/text.hpp"

namespace pgmend {

namespace {

constexpr std::array<std::string_view, 11> k_state_words = {
    "failed",  "drift",   "absent",  "empty",    "unread", "unconfirmed",
    "unclear", "pending", "waiting", "repaired", "correct"};

}  // namespace

std::string_view to_string(MemberState state) {
  return k_state_words.at(static_cast<std::size_t>(state));
}

bool is_as_expected(MemberState state) {
  return state == MemberState::correct || state == MemberState::repaired;
}

std::optional<MemberState> member_state_of(std::string_view words) {
  const auto* found = std::find(k_state_words.begin(), k_state_words.end(), words);
  if (found == k_state_words.end()) return std::nullopt;
  return static_cast<MemberState>(found - k_state_words.begin());
}

/// FNV-1a of the names, with the end of the first told: the same in every version and on every
/// machine.
bool FleetShard::has(const std::string& group, const std::string& member) const {
  constexpr std::uint64_t k_basis = 0xcbf29ce484222325;
  constexpr std::uint64_t k_prime = 0x100000001b3;
  constexpr unsigned k_half = 32;
  auto hash = k_basis;
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * k_prime; };
  for (const char c : group) add(static_cast<unsigned char>(c));
  add(0);
  for (const char c : member) add(static_cast<unsigned char>(c));
  // The lower bits alone are uneven for names that differ in a digit.
  return (hash ^ (hash >> k_half)) % of == number - 1;
}

std::string FleetMember::version() const {
  std::vector<std::string> words;
  for (const auto& record : records) {
    if (record.is_unread) {
      words.push_back(record.tool + " (cannot be read)");
      continue;
    }
    // Of the other tools these are the last entries, the newest first.
    const bool all_count =
        static_cast<long long>(record.recorded.size()) == record.total && record.tool == "Alembic";
    auto entries = record.recorded;
    if (!all_count && entries.size() > 1) entries.resize(1);
    words.push_back(record.tool + " " + (entries.empty() ? "nothing" : text::join(entries, " + ")) +
                    (record.troubles.empty() ? "" : " (unfinished)"));
  }
  return text::join(words, ", ");
}

std::size_t FleetReport::count(MemberState state) const {
  return static_cast<std::size_t>(
      std::count_if(members.begin(), members.end(),
                    [&](const FleetMember& member) { return member.state == state; }));
}

std::size_t FleetReport::wrong() const {
  return static_cast<std::size_t>(
      std::count_if(members.begin(), members.end(),
                    [](const FleetMember& member) { return !is_as_expected(member.state); }));
}

namespace {

/// What tells the cases apart.
using CaseKey = std::tuple<MemberState, std::string, std::string, std::string>;

CaseKey key_of(const FleetMember& member) {
  // The message names the member, as often as not.
  return {member.state, member.group, member.signature,
          member.signature.empty() ? member.message : std::string()};
}

}  // namespace

std::vector<FleetCase> FleetReport::cases() const {
  std::vector<FleetCase> all;
  std::map<CaseKey, std::size_t> known;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto [found, is_new] = known.try_emplace(key_of(members[i]), all.size());
    if (is_new) all.push_back({members[i].state, {}});
    all[found->second].members.push_back(i);
  }
  std::stable_sort(all.begin(), all.end(), [](const FleetCase& a, const FleetCase& b) {
    return a.state != b.state ? a.state < b.state : a.members.size() > b.members.size();
  });
  return all;
}

std::vector<FleetCell> FleetReport::cells() const {
  std::map<std::pair<std::string, std::size_t>, std::size_t> counts;
  for (const auto& member : members)
    if (member.shape) ++counts[{member.version(), *member.shape}];
  std::vector<FleetCell> cells;
  for (const auto& [key, members_of] : counts) cells.push_back({key.first, key.second, members_of});
  return cells;
}

namespace {

std::string listed(const std::set<std::string>& words) {
  return text::join(std::vector<std::string>(words.begin(), words.end()), ", ");
}

}  // namespace

std::vector<std::string> FleetReport::contradictions() const {
  std::map<std::string, std::set<std::string>> shapes_of;
  std::map<std::string, std::set<std::string>> versions_of;
  for (const auto& cell : cells()) {
    if (cell.version.empty()) continue;
    shapes_of[cell.version].insert(shapes[cell.shape].label);
    versions_of[shapes[cell.shape].label].insert(cell.version);
  }
  std::vector<std::string> lines;
  for (const auto& [version, labels] : shapes_of)
    if (labels.size() > 1)
      lines.push_back(fmt::format("{} stands for {} shapes ({}): some have drifted", version,
                                  labels.size(), listed(labels)));
  for (const auto& [label, versions] : versions_of)
    if (versions.size() > 1)
      lines.push_back(fmt::format("shape {} is recorded as {} versions ({}): a version table lies",
                                  label, versions.size(), listed(versions)));
  return lines;
}

MemberState state_of(const Report& report) {
  if (report.count(Outcome::failed) > 0 || (!report.failure.empty() && report.repairs_tried))
    return MemberState::failed;
  if (!report.failure.empty()) return MemberState::unread;
  switch (report.verdict()) {
    case Verdict::correct:
      return report.count(Outcome::repaired) > 0 ? MemberState::repaired : MemberState::correct;
    case Verdict::drift:
      return MemberState::drift;
    case Verdict::pending:
      return MemberState::pending;
    case Verdict::unclear:
      return MemberState::unclear;
    case Verdict::unconfirmed:
      break;
  }
  return MemberState::unconfirmed;
}

std::string shape_label(std::size_t position) {
  constexpr std::size_t k_letters = 26;
  std::string label(1, static_cast<char>('A' + position % k_letters));
  return position < k_letters ? label : shape_label(position / k_letters - 1) + label;
}

void label_shapes(FleetReport& report) {
  for (auto& shape : report.shapes) shape.members = 0;
  for (const auto& member : report.members)
    if (member.shape) ++report.shapes[*member.shape].members;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < report.shapes.size(); ++i)
    if (report.shapes[i].members > 0) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return report.shapes[a].members > report.shapes[b].members;
  });
  std::vector<FleetShape> sorted;
  std::vector<std::size_t> places(report.shapes.size());
  for (const auto old : order) {
    places[old] = sorted.size();
    sorted.push_back(std::move(report.shapes[old]));
    sorted.back().label = shape_label(places[old]);
  }
  report.shapes = std::move(sorted);
  for (auto& member : report.members)
    if (member.shape) member.shape = places[*member.shape];
}

}  // namespace pgmend
