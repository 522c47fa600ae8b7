// SPDX-License-Identifier: MIT
#include "kinds/support/view.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

std::string view_options_sql(const Object& view) {
  return view.has("options") ? fmt::format(" WITH ({})", list(view.text("options"))) : "";
}

Recipe mend_view_options(const Object& expected, const Object& actual, std::string_view alter,
                         Lock lock) {
  auto statements = set_options(fmt::format("{} {}", alter, own_sql(expected)), expected, actual);
  return {.stages = {in_transaction(std::move(statements), lock, Cost::catalog)}};
}

}  // namespace pgmend::kinds
