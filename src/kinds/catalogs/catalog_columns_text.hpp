// SPDX-License-Identifier: MIT
#pragma once

namespace pgmend::kinds {

/// catalog_columns.txt.
extern const char* const k_catalog_columns_text;

}  // namespace pgmend::kinds
