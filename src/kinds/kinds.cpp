// SPDX-License-Identifier: MIT
#include "kinds/kinds.hpp"

#include <array>

namespace pgmend::kinds {

Kinds all() {
  // Listed, not self-registered: a static library's linker drops objects that nobody names.
  static constexpr std::array k_all = {
      &k_schema,    &k_extension,   &k_enum,   &k_domain,      &k_composite_type, &k_range_type,
      &k_sequence,  &k_table,       &k_column, &k_primary_key, &k_unique,         &k_check,
      &k_exclusion, &k_foreign_key, &k_index,  &k_statistics,
  };
  return k_all;
}

}  // namespace pgmend::kinds
