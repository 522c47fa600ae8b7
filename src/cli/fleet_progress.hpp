// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>

#include "app/fleet/fleet.hpp"
#include "cli/options.hpp"

namespace pgmend::cli {

/// How far a fleet has come, on stderr: on a terminal a line with counts and the time that is left,
/// written over; elsewhere a line for each member that was to be repaired, and in a log of JSON for
/// all.
class FleetProgress : public app::FleetObserver {
 public:
  explicit FleetProgress(const Options& options);
  ~FleetProgress() override;
  FleetProgress(const FleetProgress&) = delete;
  FleetProgress& operator=(const FleetProgress&) = delete;

  void says(const std::string& text) override;
  void mends(std::size_t members) override;
  void settled(const FleetMember& member, std::size_t done, std::size_t all) override;

 private:
  void show(const std::string& text);
  std::string left(std::size_t done, std::size_t all) const;

  bool m_is_quiet;
  bool m_is_terminal;
  std::size_t m_columns;
  bool m_is_shown = false;
  bool m_is_mending = false;
  std::size_t m_wrong = 0;
  std::mutex m_mutex;
  std::chrono::steady_clock::time_point m_started = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point m_last = {};
};

}  // namespace pgmend::cli
