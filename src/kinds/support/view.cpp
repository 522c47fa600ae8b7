// SPDX-License-Identifier: MIT
#include "kinds/support/view.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

std::string view_sql(const Object& view) {
  return sql::quote_qualified(view.name.schema, view.name.name);
}

std::string view_options_sql(const Object& view) {
  return view.has("options") ? fmt::format(" WITH ({})", list(view.text("options"))) : "";
}

Recipe mend_view_options(const Object& expected, const Object& actual, std::string_view alter,
                         Lock lock) {
  std::vector<std::string> statements;
  std::vector<std::string> set;
  for (const auto& option : sql::parse_array(actual.text("options")))
    set.push_back(option.substr(0, option.find('=')));
  const auto view = fmt::format("{} {}", alter, view_sql(expected));
  if (!set.empty()) statements.push_back(fmt::format("{} RESET ({})", view, text::join(set, ", ")));
  if (expected.has("options"))
    statements.push_back(fmt::format("{} SET ({})", view, list(expected.text("options"))));
  return {.stages = {in_transaction(std::move(statements), lock, Cost::catalog)}};
}

Judgement judge_view_options(const Difference&) {
  return {.sort = Sort::different, .consent = Consent::alter};
}

}  // namespace pgmend::kinds
