// SPDX-License-Identifier: MIT
#include "support/run.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <ostream>

#include "support/matchers.hpp"
#include "support/temp_folder.hpp"
#include "util/text.hpp"

namespace pgmend::subprocess {

void PrintTo(const Outcome& outcome, std::ostream* out) {  // NOLINT: the name is GoogleTest's
  *out << outcome.describe() << "\n--- stdout\n"
       << outcome.out << "--- stderr\n"
       << outcome.err << "---";
}

}  // namespace pgmend::subprocess

namespace pgmend::test {

namespace {

/// What is let through: where programs are, and the settings of sanitizers.
constexpr const char* k_inherited[] = {"PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS",
                                       "UBSAN_OPTIONS"};

subprocess::Command command(const std::vector<std::string>& args, const RunOptions& options) {
  subprocess::Command result;
  result.argv = {PGMEND_BINARY};
  result.argv.insert(result.argv.end(), args.begin(), args.end());
  result.env = clean_environment(options.env);
  result.cwd = options.cwd;
  result.input = options.input;
  result.timeout = options.timeout;
  result.death_signal = SIGKILL;  // a test that is killed leaves none running
  return result;
}

}  // namespace

subprocess::Environment clean_environment(const subprocess::Environment& given) {
  static const TempFolder home;
  subprocess::Environment result = given;
  result.try_emplace("HOME", home.path());
  result.try_emplace("LANG", "C.UTF-8");
  for (const char* name : k_inherited)
    if (const char* value = std::getenv(name)) result.try_emplace(name, value);
  if (const char* folder = std::getenv("PGMEND_TEST_PG_BIN"))
    result.try_emplace("PGMEND_PG_BIN", folder);
  return result;
}

RunResult run_pgmend(const std::vector<std::string>& args, const RunOptions& options) {
  return subprocess::run(command(args, options));
}

std::string run_pgmend_on_terminal(const std::vector<std::string>& args, int columns,
                                   const RunOptions& options) {
  auto on_terminal = command(args, options);
  std::string words = fmt::format("stty cols {} && exec", columns);
  for (const auto& word : on_terminal.argv) words += ' ' + text::shell_word(word);
  on_terminal.argv = {"script", "--quiet", "--command", words, "/dev/null"};
  return text::replace_all(subprocess::run(on_terminal).out, "\r\n", "\n");
}

subprocess::Process start_pgmend(const std::vector<std::string>& args, const RunOptions& options) {
  return subprocess::Process::start(command(args, options));
}

bool wait_for_output(subprocess::Process& process, const std::string& text,
                     std::chrono::milliseconds timeout) {
  const auto seen = [&] {
    return process.out().find(text) != std::string::npos ||
           process.err().find(text) != std::string::npos;
  };
  eventually([&] { return !process.running() || seen(); }, timeout);
  return seen();
}

}  // namespace pgmend::test
