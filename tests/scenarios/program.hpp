// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "support/run.hpp"

namespace pgmend::test {

/// As run_pgmend, for any other program.
inline RunResult run_program(std::vector<std::string> argv, const RunOptions& options = {}) {
  subprocess::Command command;
  command.argv = std::move(argv);
  command.env = clean_environment(options.env);
  command.cwd = options.cwd;
  command.input = options.input;
  command.timeout = options.timeout;
  command.death_signal = SIGKILL;
  return subprocess::run(command);
}

}  // namespace pgmend::test
