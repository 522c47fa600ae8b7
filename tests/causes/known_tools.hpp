// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace pgmend::test {

struct File {
  const char* name;
  const char* text = "";
};

struct KnownTool {
  const char* name;
  const char* books;            // tables, and the row of the first migration
  std::vector<File> files;      // of two
  const char* second;           // as it is told
  const char* records;          // the second as well
  const char* fails = nullptr;  // leaves it half-done
  const char* trouble = nullptr;
};

/// All that are read.
const std::vector<KnownTool>& known_tools();

}  // namespace pgmend::test
