// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace pgmend::report::html {

/// Two texts as HTML, with `<mark>` around what only one of them has, word by word.
struct Marked {
  std::string expected;
  std::string found;
};

Marked marked(std::string_view expected, std::string_view found);

}  // namespace pgmend::report::html
