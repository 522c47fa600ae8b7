// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "engine/twin.hpp"
#include "model/declaration.hpp"

namespace pgmend::engine {

/// Whether the text may refer to another relation (REFERENCES). Only a hint: nothing is decided by
/// it but whether twins of other relations are made.
bool may_refer_to_others(const Declared& declared);

/// A temporary relation can only refer to temporary ones: whatever the texts of this relation may
/// refer to gets a twin as well, and where a text names it with its schema, the twin's name takes
/// the place of that. Any word that is the name of a relation counts: a twin too many does no harm.
Declarations::Relation refer_to_twins(ProbeTransaction& probe, Declarations::Relation relation);

/// The names of relations that these texts may refer to, and of others.
std::vector<std::string> names_referred_to(const Declarations::Relation& relation);

}  // namespace pgmend::engine
