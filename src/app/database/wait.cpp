// SPDX-License-Identifier: MIT
#include "app/database/wait.hpp"

#include <algorithm>

#include "util/interrupt.hpp"

namespace pgmend::app {

bool wait_until(std::chrono::seconds patience, const std::function<bool()>& ask) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds k_pause(1000);
  const auto deadline = Clock::now() + patience;
  while (!ask()) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    interrupt::sleep(std::min(left, k_pause));
  }
  return true;
}

}  // namespace pgmend::app
