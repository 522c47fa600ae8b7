// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace pgmend::test {

/// What pgmend finds and leaves to people, each with the reason, as exceptions.txt lists it.
class Exceptions {
 public:
  /// Throws std::runtime_error for a line that cannot be read.
  explicit Exceptions(const std::string& file);

  /// Why a mutation is not repaired; nothing if it must be.
  std::optional<std::string> reason(const std::string& label);
  /// Patterns that no mutation needed.
  std::vector<std::string> unused() const;

 private:
  struct Entry {
    std::string pattern;
    std::regex regex;
    std::string reason;
    bool used = false;
  };
  std::vector<Entry> m_entries;
};

}  // namespace pgmend::test
