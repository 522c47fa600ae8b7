// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

/// For EXPECT_TRUE: each shows the whole text when it fails.
namespace pgmend::test {

testing::AssertionResult contains(std::string_view text, std::string_view part);
testing::AssertionResult contains_not(std::string_view text, std::string_view part);
/// The line is compared without spaces at its ends.
testing::AssertionResult contains_line(std::string_view text, std::string_view line);
/// As a regular expression (ECMAScript), anywhere in a line.
testing::AssertionResult contains_match(std::string_view text, const std::string& pattern);
/// The parts come one behind the other.
testing::AssertionResult contains_in_order(std::string_view text,
                                           const std::vector<std::string>& parts);
/// Waits until `condition` holds; for what another process does in its own time.
template <typename Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace pgmend::test
