// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace pgmend::kinds {

/// To read an object takes a lock on its own relation; this finds the objects that take one on
/// others too, because the server prints their texts together with what they name. Given the oid[]
/// of relations in $1 it returns those that lock one of them: kind (its name), oid (as the kind's
/// query leaves it out: of the relation, or of what stands by itself), schema, relation, name, and
/// the oid of the relation as locked. Such locks last to the end of the transaction. Marked like a
/// catalog query: the whole of it finds all that lock anything of the user's.
extern const std::string_view k_locked_along_query;

}  // namespace pgmend::kinds
