// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "engine/ask.hpp"
#include "engine/twin.hpp"

namespace pgmend::engine {

/// Creates the twin of a relation with all its declared texts. False, and no twin, if the server
/// refuses any of them.
bool create_full_twin(ProbeTransaction& probe, const Schema& actual,
                      const Declarations::Relation& relation);

/// The objects that the declared texts came out as, in the order of the declarations; nothing if
/// they are not exactly what was declared. `known`: what is on the twin beside them.
std::optional<std::vector<Object>> exactly_as_declared(ProbeTransaction& probe, const Schema& read,
                                                       const Schema& actual,
                                                       const Declarations::Relation& relation,
                                                       std::vector<Reference> known = {});

/// Asks about declarations of which some are at fault or bring more along, by halves: each of those
/// is asked about by itself in the end, all others together with their neighbours.
void ask_by_halves(ProbeTransaction& probe, const Schema& actual,
                   const Declarations::Relation& relation, Answer& answer);

}  // namespace pgmend::engine
