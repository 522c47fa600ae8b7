// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace pgmend::app {

/// Does `work` for 0 to `count` - 1, several at a time, beginning with the first; `worker`, from 0
/// to `jobs` - 1, is the same for those that come one after the other. No more is begun once a stop
/// was requested, `work` threw or `goes_on` says no; what one of them threw is thrown when all have
/// ended.
void in_parallel(std::size_t jobs, std::size_t count,
                 const std::function<void(std::size_t position, std::size_t worker)>& work,
                 const std::function<bool()>& goes_on = nullptr);

/// How many may use a server at the same time; the others wait for their turn.
class Turnstile {
 public:
  explicit Turnstile(std::size_t most) : m_most(most) {}

  /// Whether it answered whoever wanted to connect.
  void has_answered(const std::string& server, bool answered);
  /// It let several wait in vain, one after the other: no use that each member waits for it.
  bool is_silent(const std::string& server) const;

  /// Passed for as long as this lives.
  class Turn {
   public:
    Turn(Turnstile& turnstile, std::string server);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Turnstile& m_turnstile;
    std::string m_server;
  };

 private:
  std::size_t m_most;
  mutable std::mutex m_mutex;
  std::map<std::string, std::size_t> m_inside;
  std::map<std::string, int> m_unanswered;  // in a row
};

}  // namespace pgmend::app
