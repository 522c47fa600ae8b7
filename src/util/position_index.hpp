// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace pgmend {

using Position = std::uint32_t;

/// Finds positions in a vector by the hash of what stands there. It holds eight bytes for each and
/// no copy of any key, unlike the maps of the standard library: schemas have 100,000 objects.
class PositionIndex {
 public:
  /// The first position of that hash for which is_it(position) is true.
  template <typename IsIt>
  std::optional<Position> find(std::size_t hash, const IsIt& is_it) const {
    if (m_slots.empty()) return std::nullopt;
    for (auto at = start(hash);; at = next(at)) {
      const auto& slot = m_slots[at];
      if (slot.position == k_free) return std::nullopt;
      if (slot.hash == folded(hash) && is_it(slot.position)) return slot.position;
    }
  }

  /// Makes room for so many at once.
  void reserve(std::size_t positions) {
    while (positions * 3 > m_slots.size() * 2) grow();
  }

  /// Who wants each key once looks for it first.
  void insert(std::size_t hash, Position position) {
    if ((m_size + 1) * 3 > m_slots.size() * 2) grow();
    put({folded(hash), position});
    ++m_size;
  }

 private:
  static constexpr Position k_free = UINT32_MAX;
  struct Slot {
    std::uint32_t hash = 0;
    Position position = k_free;
  };

  static std::uint32_t folded(std::size_t hash) {
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
  }
  std::size_t start(std::size_t hash) const { return folded(hash) & (m_slots.size() - 1); }
  std::size_t next(std::size_t at) const { return (at + 1) & (m_slots.size() - 1); }

  void put(const Slot& slot) {
    auto at = slot.hash & (m_slots.size() - 1);
    while (m_slots[at].position != k_free) at = next(at);
    m_slots[at] = slot;
  }

  void grow() {
    constexpr std::size_t k_fewest = 16;  // a power of two, as all sizes are
    auto old = std::move(m_slots);
    m_slots.assign(old.empty() ? k_fewest : old.size() * 2, Slot());
    for (const auto& slot : old)
      if (slot.position != k_free) put(slot);
  }

  std::vector<Slot> m_slots;
  std::size_t m_size = 0;
};

}  // namespace pgmend
