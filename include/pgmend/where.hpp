// SPDX-License-Identifier: MIT
#pragma once

namespace pgmend::api {

/// A place in the caller's code, as std::source_location: clang 14 does not have that one.
struct Where {
  const char* file = "";
  int line = 0;

  static constexpr Where current(const char* file = __builtin_FILE(),
                                 int line = __builtin_LINE()) noexcept {
    return {file, line};
  }
};

}  // namespace pgmend::api
