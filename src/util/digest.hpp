// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pgmend {

/// 128 bits that stand for a text, or for a set of texts: the same on every machine and in every
/// run, so that reports from several can be held against each other. Tells accidents apart, not
/// forgeries.
class Digest {
 public:
  Digest() = default;
  explicit Digest(std::string_view text);

  /// Of all that was added, in whatever order; what is added twice counts twice.
  void add(const Digest& one);
  /// All that was added to another one.
  void unite(const Digest& others);
  /// Of both, in this order.
  Digest then(const Digest& next) const;
  bool operator==(const Digest&) const = default;
  /// 32 hexadecimal digits.
  std::string text() const;

 private:
  std::uint64_t m_high = 0;
  std::uint64_t m_low = 0;
};

}  // namespace pgmend
