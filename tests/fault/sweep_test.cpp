// SPDX-License-Identifier: MIT
// Ended at every place there is.
#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "fault/cuts.hpp"

namespace pgmend::test {

namespace {

/// PGMEND_TEST_PLACES=100000 tries all there are, which takes most of an hour.
int places() {
  const char* text = std::getenv("PGMEND_TEST_PLACES");
  return text ? std::max(1, std::atoi(text)) : 40;
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
  const int step = std::max(1, all / places());
  for (int number = 1; number <= all && !HasFailure(); number += step) expect_survives_cut(number);
}

TEST(Sweep, KilledAfterEachTime) {
  const Damaged project;
  const auto started = std::chrono::steady_clock::now();
  EXPECT_EQ(project.ensure().exit_code, 0);
  const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  const int moments = std::min(places(), 1000);
  for (int i = 1; i <= moments && !HasFailure(); ++i)
    expect_survives_kill_after(whole * i / moments);
}

}  // namespace pgmend::test
