// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

#include "app/watch/watch.hpp"
#include "util/interrupt.hpp"

namespace pgmend::test {

/// What is slept passes at once; ends the watch after so many looks. `between` is called after each
/// of them with their number.
class QuickClock : public app::Clock {
 public:
  explicit QuickClock(std::size_t looks, std::function<void(std::size_t looks)> between = nullptr)
      : m_looks(looks), m_between(std::move(between)) {}

  std::chrono::system_clock::time_point now() const override { return m_now; }
  void sleep(std::chrono::milliseconds time) override {
    m_slept.push_back(time);
    m_now += time;
    if (m_between) m_between(m_slept.size());
    if (m_slept.size() == m_looks) throw interrupt::Interrupted();
  }
  const std::vector<std::chrono::milliseconds>& slept() const { return m_slept; }

 private:
  std::size_t m_looks;
  std::function<void(std::size_t looks)> m_between;
  std::chrono::system_clock::time_point m_now =
      std::chrono::system_clock::from_time_t(1'800'000'000);
  std::vector<std::chrono::milliseconds> m_slept;
};

}  // namespace pgmend::test
