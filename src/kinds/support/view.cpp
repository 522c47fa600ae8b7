// SPDX-License-Identifier: MIT
#include "kinds/support/view.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

std::string view_options_sql(const Object& view) {
  auto options = sql::parse_array(view.text("options"));
  if (view.kind->find_attribute("toast_options"))
    for (auto& option : sql::parse_array(view.text("toast_options")))
      options.push_back(std::move(option));
  return options.empty() ? "" : fmt::format(" WITH ({})", text::join(options, ", "));
}

Recipe mend_view_options(const Object& expected, const Object& actual, std::string_view alter,
                         Lock lock, std::string_view attribute) {
  auto statements =
      set_options(fmt::format("{} {}", alter, own_sql(expected)), expected, actual, attribute);
  return {.stages = {in_transaction(std::move(statements), lock, Cost::catalog)}};
}

}  // namespace pgmend::kinds
