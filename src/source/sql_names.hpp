// SPDX-License-Identifier: MIT
#pragma once

#include <cctype>
#include <string>
#include <string_view>

#include "util/text.hpp"

namespace pgmend::source {

inline bool is_part_of_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80U;
}

/// All that may be a name in a text, in lower case, and what stands behind it: also in strings and
/// comments. `take` returns whether to go on.
template <typename Take>
void each_name(std::string_view text, Take take) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_part_of_name(text[at])) {
      ++at;
      continue;
    }
    const auto begin = at;
    while (at < text.size() && is_part_of_name(text[at])) ++at;
    if (!take(text::to_lower(text.substr(begin, at - begin)), text.substr(at))) return;
  }
}

}  // namespace pgmend::source
