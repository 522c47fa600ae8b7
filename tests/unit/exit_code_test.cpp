// SPDX-License-Identifier: MIT
#include "cli/exit_code.hpp"

#include <gtest/gtest.h>

#include "made_up_kinds.hpp"

namespace pgmend::cli {
namespace {

using namespace pgmend::test;  // NOLINT: builders

Report report_of(const std::vector<Outcome>& outcomes, Weight weight = Weight::drift) {
  Report report;
  for (const auto outcome : outcomes) {
    auto finding = with_outcome(missing(stone("a")), outcome);
    finding.judgement.weight = weight;
    report.findings.push_back(finding);
  }
  return report;
}

TEST(ExitCode, NothingFoundIsCorrect) {
  EXPECT_EQ(exit_code({}), 0);
}

TEST(ExitCode, RepairedIsCorrect) {
  EXPECT_EQ(exit_code(report_of({Outcome::repaired, Outcome::gone})), 0);
}

TEST(ExitCode, InformationIsCorrect) {
  EXPECT_EQ(exit_code(report_of({Outcome::open}, Weight::information)), 0);
}

TEST(ExitCode, DriftThatIsLeft) {
  EXPECT_EQ(exit_code(report_of({Outcome::open})), 1);
  EXPECT_EQ(exit_code(report_of({Outcome::refused})), 1);
  EXPECT_EQ(exit_code(report_of({Outcome::repaired, Outcome::refused})), 1);
}

TEST(ExitCode, Unconfirmed) {
  EXPECT_EQ(exit_code(report_of({Outcome::open}, Weight::unconfirmed)), 3);
  EXPECT_EQ(exit_code(report_of({Outcome::gone}, Weight::unconfirmed)), 0);
}

TEST(ExitCode, DriftOutweighsUnconfirmed) {
  auto report = report_of({Outcome::open}, Weight::unconfirmed);
  report.findings.push_back(missing(stone("b")));
  EXPECT_EQ(exit_code(report), 1);
}

TEST(ExitCode, ARepairFailed) {
  EXPECT_EQ(exit_code(report_of({Outcome::failed})), 4);
  EXPECT_EQ(exit_code(report_of({Outcome::repaired, Outcome::failed, Outcome::refused})), 4);
}

TEST(ExitCode, TheRunFailed) {
  Report report;
  report.failure = "connection lost";
  EXPECT_EQ(exit_code(report), 3);
  report.repairs_tried = true;
  EXPECT_EQ(exit_code(report), 4);
}

TEST(ExitCode, ALockCouldNotBeHad) {
  auto report = report_of({Outcome::failed});
  report.lock_timeout = true;
  EXPECT_EQ(exit_code(report), 5);
  report = {};
  report.lock_timeout = true;
  report.failure = "another pgmend is at work";
  EXPECT_EQ(exit_code(report), 5);
}

TEST(ExitCode, ALockThatWasHadInTheEndDoesNotCount) {
  auto report = report_of({Outcome::repaired});
  report.lock_timeout = true;
  EXPECT_EQ(exit_code(report), 0);
}

TEST(ExitCode, Interrupted) {
  auto report = report_of({Outcome::failed});
  report.interrupted = true;
  report.lock_timeout = true;
  report.failure = "x";
  EXPECT_EQ(exit_code(report), 130);
}

TEST(ExitCode, EachHasANumberOfItsOwn) {
  EXPECT_EQ(k_exit_correct, 0);
  EXPECT_EQ(k_exit_drift, 1);
  EXPECT_EQ(k_exit_usage, 2);
  EXPECT_EQ(k_exit_unverified, 3);
  EXPECT_EQ(k_exit_failed, 4);
  EXPECT_EQ(k_exit_not_now, 5);
  EXPECT_EQ(k_exit_interrupted, 130);
}

}  // namespace
}  // namespace pgmend::cli
