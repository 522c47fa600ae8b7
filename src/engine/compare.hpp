// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "model/kind.hpp"

namespace pgmend::engine {

/// Two texts that differ but may mean the same.
struct Doubt {
  const Object* expected;
  const Object* actual;
  std::size_t attribute;
};

struct Comparison {
  std::vector<Finding> findings;
  std::vector<Doubt> doubts;  // not yet findings; they point into the two schemas
};

/// Holds an expected schema against the actual one. The expected side is partial: what it does not
/// name is not looked at.
Comparison compare(Kinds kinds, const Schema& expected, const Schema& actual);

/// The finding that a doubt becomes when the server does not say that both texts mean the same.
Finding difference(const Object& expected, const Object& actual, std::size_t attribute);

/// Whether all that is compared agrees, to the letter.
bool equal(const Object& expected, const Object& actual);

}  // namespace pgmend::engine
