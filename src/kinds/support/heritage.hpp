// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace pgmend::kinds {

/// Kind::heritage_query for relations: a new one that the application may not use is as bad as
/// none. Its owner becomes the one that all others of these relkinds in the schema have, if the
/// role may give it away; it gets the grants that every one of them has, and its sequences those
/// that every sequence there has. Column grants and what ALTER DEFAULT PRIVILEGES does are left
/// alone.
extern const std::string_view k_heritage_query;

}  // namespace pgmend::kinds
