// SPDX-License-Identifier: MIT
// Repairs at large: one member first, and proven, before the others begin. Each has its own locks,
// transactions and verdict.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "app/errors.hpp"
#include "app/fleet/work.hpp"
#include "util/interrupt.hpp"
#include "util/text.hpp"

namespace pgmend::app {

namespace {

/// What is to be repaired, the canary first.
Positions to_mend(FleetWork& work) {
  const auto& canary = work.request.canary;
  Positions members;
  for (std::size_t i = 0; i < work.known.size(); ++i)
    if (work.member(i).state == MemberState::drift) members.push_back(i);
  if (!canary) return members;
  const auto named = [&](std::size_t i) { return work.member(i).name == *canary; };
  const auto first = std::find_if(members.begin(), members.end(), named);
  if (first != members.end()) {
    std::rotate(members.begin(), first, first + 1);
    return members;
  }
  std::vector<std::string> names;
  for (const auto& member : work.report.members) names.push_back(member.name);
  if (std::find(names.begin(), names.end(), *canary) != names.end()) return members;
  const auto near = text::nearest(*canary, names);
  throw UsageError(fmt::format("--canary {}: no member has that name", text::visible(*canary)),
                   near ? fmt::format("did you mean {}?", *near) : "");
}

/// Why no more is begun.
class Brake {
 public:
  explicit Brake(const FleetWork& work) : m_work(work) {}

  bool goes_on() {
    const auto until = m_work.request.until;
    if (until && std::chrono::system_clock::now() >= *until) m_is_late = true;
    return !m_is_late && m_failures < m_work.request.most_failures;
  }
  void count(MemberState state) {
    if (state == MemberState::failed || state == MemberState::unread) ++m_failures;
  }
  std::string words() const {
    if (m_is_late) return "the time is up (--until): the rest was not begun";
    return fmt::format("{} failed: the rest was not begun (--max-failures)",
                       text::count(m_failures, "member"));
  }

 private:
  const FleetWork& m_work;
  std::atomic<std::size_t> m_failures = 0;
  std::atomic<bool> m_is_late = false;
};

void mend(FleetWork& work, std::size_t position, std::size_t worker) {
  work.look_closely(position, work.seats[worker], work.request.run);
}

/// What only consent stands against is no failure of the canary: it would be the same for all, and
/// what could be done was done and proven.
bool is_proven(const FleetMember& canary) {
  return is_as_expected(canary.state) ||
         (canary.state == MemberState::drift && canary.look && canary.look->failed == 0);
}

void plan_all(FleetWork& work, const Positions& members) {
  in_parallel(work.request.jobs, members.size(), [&](std::size_t position, std::size_t worker) {
    work.look_closely(members[position], work.seats[worker], work.request.run);
  });
  if (interrupt::requested()) throw interrupt::Interrupted();
}

}  // namespace

void mend_fleet(FleetWork& work) {
  const auto members = to_mend(work);
  if (members.empty()) return;
  if (work.request.run.job == Job::plan || work.request.run.dry_run) return plan_all(work, members);
  for (const auto i : members) {
    work.member(i).state = MemberState::waiting;
    work.known[i].is_settled = false;
  }
  work.start_over(members.size());
  Brake brake(work);
  if (!brake.goes_on()) {
    work.report.stopped = brake.words();
    return;
  }
  mend(work, members.front(), 0);
  const auto& canary = work.member(members.front());
  if (interrupt::requested()) throw interrupt::Interrupted();
  if (!is_proven(canary)) {
    work.report.stopped = fmt::format("{} went first and is {}: the others were left as they are",
                                      text::visible(canary.name), to_string(canary.state));
    return;
  }
  const Positions rest(members.begin() + 1, members.end());
  std::atomic<std::size_t> begun = 0;
  in_parallel(
      work.request.jobs, rest.size(),
      [&](std::size_t position, std::size_t worker) {
        ++begun;
        mend(work, rest[position], worker);
        brake.count(work.member(rest[position]).state);
      },
      [&] { return brake.goes_on(); });
  if (interrupt::requested()) throw interrupt::Interrupted();
  if (begun < rest.size()) work.report.stopped = brake.words();
}

}  // namespace pgmend::app
