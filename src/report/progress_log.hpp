// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

#include "model/report.hpp"

namespace pgmend::report {

/// What takes long, on stderr where that is no terminal: a line every now and then.
class ProgressLog {
 public:
  /// How often a log hears of what takes long.
  static constexpr std::chrono::milliseconds k_every{10000};

  explicit ProgressLog(std::chrono::milliseconds every = k_every) : m_every(every) {}

  void say(const std::string& text);
  /// Something else was just written: that is a sign of life as well.
  void rest() { m_last_said = std::chrono::steady_clock::now(); }

 private:
  std::chrono::milliseconds m_every;
  std::chrono::steady_clock::time_point m_last_said = std::chrono::steady_clock::now();
};

/// Where no report is told as the run goes, so that it does not seem to hang.
class ProgressReporter : public Reporter {
 public:
  void begin(const Subject&) override {}
  void checked(const Report&) override {}
  void mending(const Finding&) override {}
  void mended(const Finding&) override {}
  void progress(const std::string& text) override { m_log.say(text); }
  void end(const Report&) override {}

 private:
  ProgressLog m_log;
};

}  // namespace pgmend::report
