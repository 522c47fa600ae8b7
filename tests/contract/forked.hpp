// SPDX-License-Identifier: MIT
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>

namespace pgmend::test {

/// Runs `body` in a forked copy of this process, which then ends without destructors.
template <typename Body>
pid_t fork_and_run(Body body) {
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  try {
    body();
    ::_exit(0);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "in the forked process: %s\n", error.what());
    ::_exit(1);
  }
}

/// The exit code; 128 + the number of the signal that ended it, as a shell would say.
inline int wait_for_exit(pid_t pid) {
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace pgmend::test
