// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "model/kind.hpp"

/// What the rooms of functions and aggregates have in common (PostgreSQL documentation, pg_proc in
/// section 53.39).
namespace pgmend::kinds {

/// "schema"."name"(argument types), from the directive `signature`: how ALTER and DROP find it.
std::string routine_sql(const Object& routine);

/// The quoted name without the argument types.
std::string routine_name(const Object& routine);

/// Whether two bodies differ in nothing but white space between words. Quoted text counts as it
/// stands, and so does a line break, which ends a comment.
bool same_but_for_space(std::string_view a, std::string_view b);

/// SET clauses from an array of "name=value" as pg_proc.proconfig holds them.
std::string settings_sql(std::string_view array_text);

}  // namespace pgmend::kinds
