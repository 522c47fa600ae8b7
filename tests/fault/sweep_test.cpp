// SPDX-License-Identifier: MIT
// Ended at every place there is.
#include <csignal>
#include <cstdlib>

#include "fault/cuts.hpp"

namespace pgmend::test {

namespace {

/// PGMEND_TEST_STEP=1 tries every place; by default it is every fifth, to end in time.
int step() {
  const char* text = std::getenv("PGMEND_TEST_STEP");
  return text ? std::max(1, std::atoi(text)) : 5;
}

void expect_survives_kill_after(std::chrono::milliseconds time) {
  SCOPED_TRACE(fmt::format("killed after {} ms", time.count()));
  const Damaged project;
  auto ensure = project.start({"ensure"});
  ensure.wait_for(time);
  ensure.send(SIGKILL);
  ensure.wait();
  expect_next_run_finishes(project);
}

}  // namespace

TEST(Sweep, CutAfterEachStatement) {
  const int all = statements_of_a_run();
  for (int number = 1; number <= all && !HasFailure(); number += step())
    expect_survives_cut(number);
}

TEST(Sweep, KilledAfterEachTime) {
  const Damaged project;
  const auto started = std::chrono::steady_clock::now();
  EXPECT_EQ(project.ensure().exit_code, 0);
  const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  const int moments = 120 / step();
  for (int i = 1; i <= moments && !HasFailure(); ++i)
    expect_survives_kill_after(whole * i / moments);
}

}  // namespace pgmend::test
