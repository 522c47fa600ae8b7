// SPDX-License-Identifier: MIT
#pragma once

#include "model/kind.hpp"

namespace pgmend::kinds {

/// Moves a column to a type that is made anew (Kind::move_over). The values go by their text form.
/// A default is put aside for the time of it: the type may be named in it, too.
Move move_column(const Object& actual, const Object* expected, const Exchange& exchange,
                 const Facts& facts);

}  // namespace pgmend::kinds
