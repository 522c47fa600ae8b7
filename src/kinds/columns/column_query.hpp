// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace pgmend::kinds {

/// Reads columns; Kind::catalog_query of their room.
extern const std::string_view k_column_query;
/// Finds sequences that are behind their column; Kind::faults_query.
extern const std::string_view k_column_faults_query;

/// Finds tables of which that cannot be asked; Kind::caution.
extern const std::string_view k_column_caution;

}  // namespace pgmend::kinds
