// SPDX-License-Identifier: MIT
// One of each shape in depth: what is found there is true of all that are alike.
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "app/fleet/depth.hpp"
#include "app/fleet/work.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// What the answer depends on: the group, the fingerprint and what is recorded.
using AlikeKey = std::tuple<std::size_t, std::string, std::string>;

RunOptions only_looking(const FleetWork& work) {
  auto options = work.request.run;
  options.job = Job::verify;
  // Else each that needs it is planned for by itself: what that costs is in the rows of each.
  options.plan = work.request.run.job == Job::verify;
  return options;
}

/// With what is failed or half-done, which is told of each.
std::string recorded_by(const FleetMember& member) {
  auto words = member.version();
  for (const auto& record : member.records) words += "\n" + text::join(record.troubles, "\n");
  return words;
}

std::vector<Positions> alike_among(FleetWork& work, const Positions& members) {
  std::map<AlikeKey, Positions> alike;
  for (const auto i : members) {
    const auto& [listed, group, glance, is_settled, is_same] = work.known[i];
    if (is_settled) continue;
    // What could not be read is looked at for itself: it may be free by then.
    const auto print = glance.unread.empty() ? glance.print.digest.text() : "unread " + listed.name;
    alike[{group, print, recorded_by(work.member(i))}].push_back(i);
  }
  std::vector<Positions> groups;
  for (auto& [key, positions] : alike) groups.push_back(std::move(positions));
  return groups;
}

/// Returns those that have to be looked at one by one.
Positions look_at_alike(FleetWork& work, const Positions& members, Seat& seat) {
  const auto options = only_looking(work);
  std::size_t next = 0;
  // One that has changed since is no example of the others any more.
  while (next < members.size() && !work.look_closely(members[next], seat, options)) ++next;
  if (next == members.size()) return {};
  const auto& example = work.member(members[next]);
  Positions others(members.begin() + static_cast<std::ptrdiff_t>(next) + 1, members.end());
  if (!example.look || !work.known[members[next]].is_same_for_alike) return others;
  for (const auto i : others) {
    auto& member = work.member(i);
    member.look = example.look;
    member.signature = example.signature;
    work.settle(i, example.state, example.message, example.hint);
  }
  return {};
}

}  // namespace

void look_in_depth(FleetWork& work, const Positions& members) {
  const auto groups = alike_among(work, members);
  Positions each;
  in_parallel(work.request.jobs, groups.size(), [&](std::size_t position, std::size_t worker) {
    const auto alone = look_at_alike(work, groups[position], work.seats[worker]);
    const std::lock_guard guard(work.mutex);
    each.insert(each.end(), alone.begin(), alone.end());
  });
  const auto options = only_looking(work);
  in_parallel(work.request.jobs, each.size(), [&](std::size_t position, std::size_t worker) {
    work.look_closely(each[position], work.seats[worker], options);
  });
  if (interrupt::requested()) throw interrupt::Interrupted();
}

}  // namespace pgmend::app
