// SPDX-License-Identifier: MIT
#include "app/fleet/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

#include "util/interrupt.hpp"

namespace pgmend::app {

void in_parallel(std::size_t jobs, std::size_t count,
                 const std::function<void(std::size_t position, std::size_t worker)>& work,
                 const std::function<bool()>& goes_on) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> is_over = false;
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto run = [&](std::size_t worker) {
    while (!is_over && !interrupt::requested() && (!goes_on || goes_on())) {
      const auto position = next++;
      if (position >= count) return;
      try {
        work(position, worker);
      } catch (...) {
        const std::lock_guard guard(mutex);
        if (!thrown) thrown = std::current_exception();
        is_over = true;
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < std::min(jobs, count); ++i) threads.emplace_back(run, i);
  run(0);
  for (auto& thread : threads) thread.join();
  if (thrown) std::rethrow_exception(thrown);
}

void Turnstile::has_answered(const std::string& server, bool answered) {
  const std::lock_guard guard(m_mutex);
  auto& count = m_unanswered[server];
  count = answered ? 0 : count + 1;
}

bool Turnstile::is_silent(const std::string& server) const {
  constexpr int k_enough = 3;
  const std::lock_guard guard(m_mutex);
  const auto found = m_unanswered.find(server);
  return found != m_unanswered.end() && found->second >= k_enough;
}

/// Polled, so that a stop is heeded.
Turnstile::Turn::Turn(Turnstile& turnstile, std::string server)
    : m_turnstile(turnstile), m_server(std::move(server)) {
  for (;;) {
    {
      const std::lock_guard guard(m_turnstile.m_mutex);
      auto& inside = m_turnstile.m_inside[m_server];
      if (inside < m_turnstile.m_most) {
        ++inside;
        return;
      }
    }
    interrupt::sleep(std::chrono::milliseconds(5));
  }
}

Turnstile::Turn::~Turn() {
  const std::lock_guard guard(m_turnstile.m_mutex);
  --m_turnstile.m_inside[m_server];
}

}  // namespace pgmend::app
