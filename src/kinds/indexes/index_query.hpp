// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace pgmend::kinds {

/// Reads indexes; Kind::catalog_query of their room.
extern const std::string_view k_index_query;

}  // namespace pgmend::kinds
