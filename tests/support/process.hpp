// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>
#include <iterator>
#include <string>

namespace pgmend::test {

/// Whether this process runs. One that has ended, and that nobody has collected yet, does not.
inline bool is_running(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  const std::string stat{std::istreambuf_iterator<char>(file), {}};
  // "pid (name) state ...", where the name may hold anything.
  const auto end = stat.rfind(") ");
  return end != std::string::npos && stat[end + 2] != 'Z';
}

}  // namespace pgmend::test
