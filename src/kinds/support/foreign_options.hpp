// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/kind.hpp"

/// OPTIONS of foreign-data wrappers, servers, tables and columns: an attribute `options` of
/// elements "name 'value'", and a directive `secrets` with the names of those that are not read.
namespace pgmend::kinds {

/// " OPTIONS (a 'b')" from the attribute; empty if there are none.
std::string options_clause(const Object& object, std::string_view attribute = "options");

/// "OPTIONS (ADD a 'b', SET c 'd', DROP e)": what makes `actual` as it is expected to be.
std::string change_options(const Object& expected, const Object& actual,
                           std::string_view attribute = "options");

/// Says that what has secrets is not created without them; null if it has none.
std::optional<Recipe> refusal_for_secrets(const Object& object);

}  // namespace pgmend::kinds
