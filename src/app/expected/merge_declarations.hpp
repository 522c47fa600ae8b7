// SPDX-License-Identifier: MIT
#pragma once

#include "model/declaration.hpp"

namespace pgmend::app {

/// What two partial sources declare, as one. What both declare must stand in both in the same
/// words. Throws SpecError that names both places.
Declarations merge_declarations(Declarations first, Declarations second);

}  // namespace pgmend::app
