// SPDX-License-Identifier: MIT
// The connection is cut: a sample of the places; all of them are in sweep_test.cpp.
#include "fault/cuts.hpp"

namespace pgmend::test {

TEST(Cut, TheNextRunFinishesWhereverTheConnectionEnded) {
  const int all = statements_of_a_run();
  ASSERT_GT(all, 60);
  for (int i = 1; i <= 8; ++i) expect_survives_cut(all * i / 9);
}

}  // namespace pgmend::test
