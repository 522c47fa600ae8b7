// SPDX-License-Identifier: MIT
#include "util/interrupt.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>

namespace pgmend::interrupt {

namespace {

std::array<int, 2> pipe_fds = {-1, -1};  // NOLINT: a signal handler can only reach globals
volatile std::sig_atomic_t signals = 0;  // NOLINT
std::atomic<int> shields = 0;            // NOLINT

extern "C" void on_signal(int signal_number) {
  if (signals != 0) {
    // Asked twice: the user does not want to wait for the clean-up.
    std::signal(signal_number, SIG_DFL);
    std::raise(signal_number);
    return;
  }
  signals = 1;
  const char byte = 1;
  [[maybe_unused]] const auto written = ::write(pipe_fds[1], &byte, 1);
}

}  // namespace

void install() {
  if (pipe_fds[0] >= 0 || ::pipe2(pipe_fds.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
  struct sigaction action = {};
  action.sa_handler = on_signal;  // NOLINT(cppcoreguidelines-pro-type-union-access)
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool requested() {
  return caught() && shields == 0;
}

bool caught() {
  return signals != 0;
}

int wake_fd() {
  return shields == 0 ? pipe_fds[0] : -1;
}

void sleep(std::chrono::milliseconds duration) {
  if (requested()) throw Interrupted();
  pollfd waiting = {wake_fd(), POLLIN, 0};
  ::poll(&waiting, 1, static_cast<int>(duration.count()));
  if (requested()) throw Interrupted();
}

Shield::Shield() {
  ++shields;
}
Shield::~Shield() {
  --shields;
}

}  // namespace pgmend::interrupt
