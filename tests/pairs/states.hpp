// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/database.hpp"

namespace pgmend::test {

/// What a database can be made of: the scripts of the cases, or a schema of the sweep with a few of
/// its things changed.
class States {
 public:
  States();

  /// Makes two states that have something to do with each other, the second with rows where there
  /// are any, and says what they are; nothing if the server takes one of them not.
  std::optional<std::string> make_pair(std::mt19937& random, const Database& wanted,
                                       const Database& actual) const;

 private:
  struct Script {
    std::string name;  // "column/add_with_default wanted"
    std::string file;
    std::string data;  // empty if there is none
  };

  std::string of_cases(std::mt19937& random, const Database& wanted, const Database& actual) const;
  static std::string of_sweep(std::mt19937& random, const Database& wanted, const Database& actual);

  std::vector<Script> m_scripts;
};

}  // namespace pgmend::test
