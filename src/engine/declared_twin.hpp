// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/twin.hpp"
#include "model/declaration.hpp"

namespace pgmend::engine {

/// What a declaration says by itself, before the server is asked.
Object bare_object(Kinds kinds, const Declared& declared);

/// Stands behind the declared texts on every twin, so that a text that closes the parenthesis, or
/// goes on with options of its own, is a syntax error.
inline constexpr std::string_view k_sentinel = "pgmend sentinel";
std::string sentinel_element();

/// The object is what this declaration is about.
bool is_declared_as(const Object& object, const Declared& declared);

/// Creates the twin of a relation of these elements, the sentinel behind them. Throws pg::Error.
void create_declared_twin(ProbeTransaction& probe, const Declared& self,
                          std::vector<std::string> elements);

/// Objects on the twin that do not belong to what the relation has anyway. What a declared
/// object brings along by itself is of a kind that is never an element, and does not count.
std::vector<Object> news_of(const Schema& read, const Schema& actual, const Name& relation,
                            const std::vector<Reference>& known);

/// What no kind reads would pass unseen; the relation itself says whether there is such a thing.
bool all_read(const Schema& read, const Name& relation);

/// Turns the object read back into what the declaration expects. Throws pg::Error.
void complete(ProbeTransaction& probe, const Declared& declared, Object& object);

}  // namespace pgmend::engine
