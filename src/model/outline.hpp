// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "model/object.hpp"

namespace pgmend {

/// What a schema holds, by name and values: enough to tell that another one holds the same. To make
/// 100,000 objects takes longer than to read this, and most schemas turn out to be as expected.
class Outline {
 public:
  virtual ~Outline() = default;

  virtual std::size_t size() const = 0;
  virtual const Kind& kind(Position position) const = 0;
  virtual NameView name(Position position) const = 0;
  virtual const Values& values(Position position) const = 0;
  virtual std::optional<Position> find(const Kind& kind, const NameView& name) const = 0;
  /// All of it, in the same order.
  virtual Schema schema() const = 0;
};

}  // namespace pgmend
