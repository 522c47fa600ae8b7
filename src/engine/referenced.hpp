// SPDX-License-Identifier: MIT
#pragma once

#include "engine/twin.hpp"
#include "model/declaration.hpp"

namespace pgmend::engine {

/// The declaration with a stand-in in place of every relation that its texts refer to: a temporary
/// relation can only refer to temporary ones. A stand-in has what is referred to and no more: those
/// parts, as they are or as they are declared, in a form that can be referred to. Whether they can
/// in truth is found out by comparing what makes them so, or when the reference is created.
Declared referring_to_twins(ProbeTransaction& probe, Declared declared);

}  // namespace pgmend::engine
