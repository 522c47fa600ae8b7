// SPDX-License-Identifier: MIT
#pragma once

#include "engine/twin.hpp"
#include "model/declaration.hpp"

namespace pgmend::engine {

/// Whether the text may refer to another relation (REFERENCES). Only a hint: nothing is decided by
/// it but whether twins of other relations are made.
bool may_refer_to_others(const Declared& declared);

/// A temporary relation can only refer to temporary ones, so whatever the texts of this relation
/// may refer to gets a twin as well. Any word that is the name of a relation counts: a twin too
/// many does no harm.
void create_referenced_twins(ProbeTransaction& probe, const Declarations::Relation& relation);

}  // namespace pgmend::engine
