// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "app/compare/filter.hpp"
#include "app/database/target.hpp"

namespace pgmend::app {

/// A first spec, written from what the database holds now. Throws SpecError if the filter leaves
/// nothing, UnverifiedError if the catalogs cannot be read.
std::string draft_spec(Target& target, const Filter& filter);

}  // namespace pgmend::app
