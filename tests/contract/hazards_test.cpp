// SPDX-License-Identifier: MIT
// tests/README.md says which test holds which hazard: what it names is there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace pgmend::test {
namespace {

namespace fs = std::filesystem;

const fs::path k_tests = fs::path(PGMEND_SOURCE_DIR) / "tests";

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// What stands between backquotes and fits the pattern.
std::set<std::string> named(const std::string& text, const std::string& pattern) {
  const std::regex quoted("`(" + pattern + ")`");
  std::set<std::string> all;
  for (std::sregex_iterator at(text.begin(), text.end(), quoted), end; at != end; ++at)
    all.insert((*at)[1]);
  return all;
}

std::set<std::string> existing_tests() {
  const std::regex definition(R"(TEST(?:_F|_P)?\((\w+), (\w+)\))");
  std::set<std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(k_tests)) {
    if (entry.path().extension() != ".cpp") continue;
    const auto text = read(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), definition), end; at != end; ++at)
      all.insert((*at)[1].str() + "." + (*at)[2].str());
  }
  return all;
}

TEST(Hazards, EveryTestThatIsNamedExists) {
  const auto existing = existing_tests();
  const auto names = named(read(k_tests / "README.md"), R"([A-Z]\w+\.[A-Z]\w+)");
  EXPECT_GT(names.size(), 50U);
  for (const auto& name : names) EXPECT_TRUE(existing.contains(name)) << name;
}

TEST(Hazards, EveryCaseThatIsNamedExists) {
  const auto paths = named(read(k_tests / "README.md"), R"(cases/\w+/\w+)");
  EXPECT_GT(paths.size(), 10U);
  for (const auto& path : paths) EXPECT_TRUE(fs::is_directory(k_tests / path)) << path;
}

TEST(Hazards, EachHasATest) {
  const auto text = read(k_tests / "README.md");
  for (int number = 1; number <= 33; ++number) {
    const auto id = (number < 10 ? "| H0" : "| H") + std::to_string(number) + " ";
    EXPECT_NE(text.find(id), std::string::npos) << id;
  }
}

}  // namespace
}  // namespace pgmend::test
