// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pg/connection.hpp"
#include "source/sql_beside.hpp"

namespace pgmend::source {

/// A second session that loads one half of some statements while the first loads the other: to
/// make tables is the work of one server process, and there are more cores.
class SecondLoader {
 public:
  /// `first` lives longer than this.
  explicit SecondLoader(pg::Connection& first) : m_first(first) {}

  /// Gives it the settings of the first session, as statements. False if there is none to be had,
  /// or if statements may do more here than they say.
  bool prepare(const std::vector<std::string>& settings);

  /// Runs both halves, each in a transaction of its own, and commits both or none. False: none.
  bool run(const Halves& halves);

 private:
  pg::Connection& m_first;
  std::optional<pg::Connection> m_second;
  int m_failures = 0;
};

}  // namespace pgmend::source
