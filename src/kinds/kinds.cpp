// SPDX-License-Identifier: MIT
#include "kinds/kinds.hpp"

#include <array>
#include <vector>

namespace pgmend::kinds {

Kinds all() {
  // Listed, not self-registered: a static library's linker drops objects that nobody names.
  static constexpr std::array k_all = {
      &k_schema,
      &k_extension,
      &k_access_method,
      &k_language,
      &k_collation,
      &k_enum,
      &k_domain,
      &k_composite_type,
      &k_range_type,
      &k_sequence,
      &k_function,
      &k_aggregate,
      &k_cast,
      &k_transform,
      &k_conversion,
      &k_operator,
      &k_operator_family,
      &k_operator_class,
      &k_text_search_parser,
      &k_text_search_template,
      &k_text_search_dictionary,
      &k_text_search_configuration,
      &k_foreign_data_wrapper,
      &k_foreign_server,
      &k_table,
      &k_column,
      &k_foreign_column,
      &k_view,
      &k_materialized_view,
      &k_primary_key,
      &k_unique,
      &k_check,
      &k_exclusion,
      &k_foreign_key,
      &k_index,
      &k_statistics,
      &k_trigger,
      &k_policy,
      &k_rule,
      &k_event_trigger,
      &k_publication,
      &k_comment,
      &k_owner,
      &k_default_privilege,
      &k_grant,
  };
  return k_all;
}

Kinds describing() {
  static const auto k_describing = [] {
    std::vector<const Kind*> kinds;
    for (const auto* kind : all())
      if (kind->describes) kinds.push_back(kind);
    return kinds;
  }();
  return k_describing;
}

}  // namespace pgmend::kinds
