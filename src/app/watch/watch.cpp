// SPDX-License-Identifier: MIT
#include "app/watch/watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <random>
#include <set>
#include <utility>

#include "app/errors.hpp"
#include "pg/error.hpp"
#include "report/fleet/look.hpp"
#include "report/fleet/words.hpp"
#include "util/chance.hpp"
#include "util/interrupt.hpp"

namespace pgmend::app {

std::chrono::system_clock::time_point SystemClock::now() const {
  return std::chrono::system_clock::now();
}

void SystemClock::sleep(std::chrono::milliseconds time) {
  interrupt::sleep(time);
}

namespace {

std::string name_of(const FleetMember& member) {
  return member.group.empty() ? member.name : member.group + "/" + member.name;
}

}  // namespace

FleetReport fleet_of_one(const Report& run) {
  return report::fleet::fleet_of_one(run);
}

std::vector<Trouble> troubles_of(const FleetReport& report) {
  std::vector<Trouble> all;
  for (const auto& member : report.members) {
    const auto name = name_of(member);
    const bool is_told_by_findings =
        member.state == MemberState::drift || is_as_expected(member.state);
    if (!is_told_by_findings)
      all.push_back({name, fmt::format("state {}", to_string(member.state))});
    if (!member.look) continue;
    for (const auto& told : member.look->told)
      if (!told.what.empty()) all.push_back({name, told.what});
  }
  return all;
}

std::chrono::milliseconds until_next(const WatchOptions& options, long long failures_in_a_row,
                                     double chance) {
  constexpr double k_jitter = 0.1;
  auto time = static_cast<double>(options.every.count());
  if (failures_in_a_row > 0) {
    const auto longer = static_cast<double>(options.again.count()) *
                        std::pow(2.0, static_cast<double>(std::min(failures_in_a_row, 20LL) - 1));
    time = std::min(longer, static_cast<double>(std::max(options.longest, options.every).count()));
  }
  return std::chrono::milliseconds(
      static_cast<long long>(time * (1 - k_jitter + 2 * k_jitter * chance)));
}

namespace {

class Watcher {
 public:
  Watcher(History& history, Clock& clock) : m_history(history), m_clock(clock) {}

  const Sighting& look(const std::function<FleetReport()>& look) {
    auto& seen = m_seen;
    seen.at = m_clock.now();
    seen.failure.clear();
    seen.changes.clear();
    ++seen.looks;
    try {
      auto report = look();
      if (report.interrupted) throw interrupt::Interrupted();
      take(std::move(report));
    } catch (const UsageError& error) {
      // What could once be looked at is not written wrongly: the members may all be gone.
      if (seen.looks == 1) throw;
      fail(error.what());
    } catch (const HintedError& error) {
      fail(error.what());
    } catch (const pg::Error& error) {
      fail(error.what());
    }
    return seen;
  }
  long long failures_in_a_row() const { return m_in_a_row; }

 private:
  void fail(const std::string& why) {
    m_seen.failure = why;
    ++m_seen.failed;
    ++m_in_a_row;
  }

  /// Of a member that could not be read it is not known that anything is gone.
  void take(FleetReport report) {
    auto now = troubles_of(report);
    std::set<std::string> unread;
    for (const auto& member : report.members)
      if (member.state == MemberState::unread) unread.insert(name_of(member));
    const auto before = m_history.standing();
    std::copy_if(before.begin(), before.end(), std::back_inserter(now), [&](const Trouble& one) {
      return unread.contains(one.member) && !one.what.starts_with("state ");
    });
    m_seen.changes = m_history.take(now, m_seen.at);
    const auto came = std::count_if(m_seen.changes.begin(), m_seen.changes.end(),
                                    [](const Change& change) { return change.appeared; });
    const std::set<Trouble> different(now.begin(), now.end());
    m_seen.still = different.size() - static_cast<std::size_t>(came);
    const bool is_whole = unread.size() < report.members.size() || report.members.empty();
    m_seen.verdict = report::fleet::verdict_line(report);
    m_seen.report = std::move(report);
    if (!is_whole) return fail(m_seen.report.members.front().message);
    m_in_a_row = 0;
    if (unread.empty()) m_seen.last_success = m_seen.at;
  }

  History& m_history;
  Clock& m_clock;
  Sighting m_seen;
  long long m_in_a_row = 0;
};

}  // namespace

void watch(const std::function<FleetReport()>& look, const WatchOptions& options, History& history,
           Clock& clock, const std::function<void(const Sighting&)>& tell) {
  Watcher watcher(history, clock);
  std::mt19937 random{chance()};
  std::uniform_real_distribution<double> chance(0, 1);
  try {
    for (;;) {
      tell(watcher.look(look));
      clock.sleep(until_next(options, watcher.failures_in_a_row(), chance(random)));
    }
  } catch (const interrupt::Interrupted&) {
    return;
  }
}

}  // namespace pgmend::app
