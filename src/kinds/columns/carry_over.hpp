// SPDX-License-Identifier: MIT
#pragma once

#include "model/kind.hpp"

namespace pgmend::kinds {

/// Takes a column over to a new table that rows are copied to (Kind::carry_over), but for its
/// element. A serial column keeps its sequence: `expected` becomes one that is filled from that.
/// The new sequence of any other goes on where the old one was.
Carried carry_sequence_over(Object& expected, const Object* actual);

}  // namespace pgmend::kinds
