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

/// An object that is not there under its name, and others that may be it: they differ from it in
/// the spelling of texts only.
struct Lookalikes {
  const Object* expected;
  std::vector<const Object*> candidates;
};

/// What is not yet a finding points into the two schemas.
struct Comparison {
  std::vector<Finding> findings;
  std::vector<Doubt> doubts;
  std::vector<Lookalikes> lookalikes;
};

/// How much the expected side says: only something (what it does not name is not looked at), or
/// all.
enum class Extent { partial, complete };

/// Holds an expected schema against the actual one.
Comparison compare(const Schema& expected, const Schema& actual, Extent extent = Extent::partial);

/// The finding that a doubt becomes when the server does not say that both texts mean the same.
Finding difference(const Object& expected, const Object& actual, std::size_t attribute);

/// The finding that lookalikes become: `same` is the one that turned out to be the object.
Finding missing(const Object& expected);
Finding extra(const Object& actual);
Finding under_another_name(const Object& expected, const Object& same);

/// Whether all that is compared agrees, as it stands there.
bool equal(const Object& expected, const Object& actual);
bool agree(const Object& expected, const Object& actual, std::size_t attribute);

}  // namespace pgmend::engine
