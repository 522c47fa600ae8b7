// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace pgmend {

/// Texts one behind the other, put together by the compiler: for long ones that share a part.
template <const std::string_view&... k_parts>
class Joined {
  static constexpr auto k_characters = [] {
    std::array<char, (k_parts.size() + ...)> all{};
    auto at = all.begin();
    ((at = std::copy(k_parts.begin(), k_parts.end(), at)), ...);
    return all;
  }();

 public:
  static constexpr std::string_view k_text{k_characters.data(), k_characters.size()};
};

}  // namespace pgmend
