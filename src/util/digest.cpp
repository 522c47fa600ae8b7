// SPDX-License-Identifier: MIT
#include "util/digest.hpp"

#include <fmt/format.h>

namespace pgmend {

namespace {

/// MurmurHash3's finalizer: each bit of the value decides on each of the result.
std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 33U;
  value *= 0xff51afd7ed558ccdULL;
  value ^= value >> 33U;
  value *= 0xc4ceb9fe1a85ec53ULL;
  return value ^ (value >> 33U);
}

/// FNV-1a with another beginning for each half.
std::uint64_t hashed(std::string_view text, std::uint64_t value) {
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mixed(value ^ mixed(text.size()));
}

constexpr std::uint64_t k_high = 0xcbf29ce484222325ULL;
constexpr std::uint64_t k_low = 0x9e3779b97f4a7c15ULL;

}  // namespace

Digest::Digest(std::string_view text) : m_high(hashed(text, k_high)), m_low(hashed(text, k_low)) {}

void Digest::add(const Digest& one) {
  m_high += mixed(one.m_high ^ k_low);
  m_low += mixed(one.m_low ^ k_high);
}

void Digest::unite(const Digest& others) {
  m_high += others.m_high;
  m_low += others.m_low;
}

Digest Digest::then(const Digest& next) const {
  Digest both;
  both.m_high = mixed(m_high + k_high) + mixed(next.m_high ^ m_low);
  both.m_low = mixed(m_low + k_low) + mixed(next.m_low ^ m_high);
  return both;
}

std::string Digest::text() const {
  return fmt::format("{:016x}{:016x}", m_high, m_low);
}

}  // namespace pgmend
