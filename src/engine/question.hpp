// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "engine/twin.hpp"
#include "model/declaration.hpp"

namespace pgmend::engine {

/// Asks about one declaration of a relation: a twin is made with it and the objects accepted
/// before in place, everything else as it is. Returns what came of it, the declared object first.
/// Throws pg::Error if the server refuses, or if it brings more than it may.
std::vector<Object> ask_about(const Declared& declared, ProbeTransaction& probe,
                              const Schema& actual, const Declarations::Relation& relation,
                              const std::vector<Object>& accepted);

}  // namespace pgmend::engine
