// SPDX-License-Identifier: MIT
#include "support/matchers.hpp"

#include <regex>

#include "util/text.hpp"

namespace pgmend::test {

namespace {

testing::AssertionResult verdict(bool good, std::string_view complaint, std::string_view part,
                                 std::string_view text) {
  if (good) return testing::AssertionSuccess();
  return testing::AssertionFailure() << complaint << "\n  " << part << "\nin\n---\n"
                                     << text << "---";
}

}  // namespace

testing::AssertionResult contains(std::string_view text, std::string_view part) {
  return verdict(text.find(part) != std::string_view::npos, "missing", part, text);
}

testing::AssertionResult contains_not(std::string_view text, std::string_view part) {
  return verdict(text.find(part) == std::string_view::npos, "unexpected", part, text);
}

testing::AssertionResult contains_line(std::string_view text, std::string_view line) {
  bool found = false;
  for (const auto each : text::split(text, '\n')) found |= text::trim(each) == text::trim(line);
  return verdict(found, "missing line", line, text);
}

testing::AssertionResult contains_match(std::string_view text, const std::string& pattern) {
  const std::regex expression(pattern);
  bool found = false;
  for (const auto line : text::split(text, '\n'))
    found |= std::regex_search(line.begin(), line.end(), expression);
  return verdict(found, "no line matches", pattern, text);
}

testing::AssertionResult contains_in_order(std::string_view text,
                                           const std::vector<std::string>& parts) {
  std::size_t from = 0;
  for (const auto& part : parts) {
    const auto at = text.find(part, from);
    if (at == std::string_view::npos) return verdict(false, "missing, in this order,", part, text);
    from = at + part.size();
  }
  return testing::AssertionSuccess();
}

}  // namespace pgmend::test
