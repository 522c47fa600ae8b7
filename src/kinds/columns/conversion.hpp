// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "model/kind.hpp"

namespace pgmend::kinds {

/// Refuses a change of type that the values in the column do not survive: they are converted as the
/// statement would, without writing them. Nothing where any value fits.
std::optional<Stage> values_convert(const Object& expected, const Object& actual,
                                    const Facts& facts);

}  // namespace pgmend::kinds
