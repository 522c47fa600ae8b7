// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/watch/history.hpp"
#include "model/fleet.hpp"

/// Looking again and again, and telling only what has changed.
namespace pgmend::app {

/// What time it is; tests set it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::system_clock::time_point now() const = 0;
  /// Throws interrupt::Interrupted when the program is to stop.
  virtual void sleep(std::chrono::milliseconds time) = 0;
};

/// The machine's.
class SystemClock : public Clock {
 public:
  std::chrono::system_clock::time_point now() const override;
  void sleep(std::chrono::milliseconds time) override;
};

struct WatchOptions {
  std::chrono::milliseconds every{60000};
  /// Looks that cannot be made are tried again after this long, then after twice as long, up to
  /// `longest`.
  std::chrono::milliseconds again{5000};
  std::chrono::milliseconds longest{300000};
};

/// One look, and what it changed.
struct Sighting {
  FleetReport report;
  std::chrono::system_clock::time_point at;
  std::string failure;          // why it could not be made; then the report is that of the last
  std::vector<Change> changes;  // since the last that could
  std::size_t still = 0;        // wrong before, and now
  std::string verdict;          // in a line, for people
  long long looks = 0;
  long long failed = 0;
  std::optional<std::chrono::system_clock::time_point> last_success;
};

/// A database by itself, as a fleet of one.
FleetReport fleet_of_one(const Report& run);

/// What is wrong in a report, each by a text that is the same in each look.
std::vector<Trouble> troubles_of(const FleetReport& report);

/// When the next look is due: `every`, with a tenth more or less, so that not all that were started
/// together look at the same time; later while looks fail. `chance`: from 0 to 1.
std::chrono::milliseconds until_next(const WatchOptions& options, long long failures_in_a_row,
                                     double chance);

/// Looks until a stop is requested. `look` throws HintedError or pg::Error where it cannot be made;
/// of a fleet, members that could not be read keep what was known of them.
void watch(const std::function<FleetReport()>& look, const WatchOptions& options, History& history,
           Clock& clock, const std::function<void(const Sighting&)>& tell);

}  // namespace pgmend::app
