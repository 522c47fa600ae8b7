// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <vector>

#include "util/subprocess.hpp"

/// So that a failed expectation about a run shows all of it. Found by argument-dependent lookup.
namespace pgmend::subprocess {
void PrintTo(const Outcome& outcome, std::ostream* out);  // NOLINT: the name is GoogleTest's
}

namespace pgmend::test {

/// exit_code, signal, timed_out, out, err.
using RunResult = subprocess::Outcome;

struct RunOptions {
  subprocess::Environment env = {};  // see clean_environment()
  std::string cwd = {};
  std::string input = {};  // stdin
  std::chrono::milliseconds timeout{60'000};
};

/// The environment that pgmend is run in: PATH, HOME (an empty folder), LANG=C.UTF-8, and what is
/// given. For other programs too, such as psql.
subprocess::Environment clean_environment(const subprocess::Environment& given = {});

/// Runs the built pgmend to its end. Nothing of the test's own environment gets through, so no PG*
/// variable can decide where it connects; only PGMEND_PG_BIN is set if other binaries are tested.
RunResult run_pgmend(const std::vector<std::string>& args, const RunOptions& options = {});

/// The same on a terminal of so many columns (by bsdutils' script): what it shows.
std::string run_pgmend_on_terminal(const std::vector<std::string>& args, int columns,
                                   const RunOptions& options = {});

/// For tests with signals: send(), wait(), wait_for(), out(), err(). Killed when it goes out of
/// scope.
subprocess::Process start_pgmend(const std::vector<std::string>& args,
                                 const RunOptions& options = {});

/// True as soon as the process has written this to stdout or stderr; false if it ended without, or
/// after the time is up.
bool wait_for_output(subprocess::Process& process, const std::string& text,
                     std::chrono::milliseconds timeout = std::chrono::seconds(20));

}  // namespace pgmend::test
