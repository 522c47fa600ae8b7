// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>

#include "app/output/reporters.hpp"

namespace pgmend::app {

struct DemoOptions {
  bool keep = false;  // leave the server running
  Detail detail = Detail::normal;
  terminal::Style style;
  std::FILE* out = stdout;
};

/// Starts a private PostgreSQL, builds a database in it whose migration tool says "done" while
/// columns are missing and an index is INVALID, and shows verify finding and ensure mending it.
/// Returns whether the story ended well. Throws UnverifiedError if no server can be started.
bool run_demo(const DemoOptions& options);

}  // namespace pgmend::app
