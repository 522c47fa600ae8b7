// SPDX-License-Identifier: MIT
#include "kinds/support/foreign_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

namespace {

std::vector<std::string> options_of(const Object& object, std::string_view attribute) {
  return object.has(attribute) ? sql::parse_array(object.text(attribute))
                               : std::vector<std::string>{};
}

bool has_option(const std::vector<std::string>& options, const std::string& name) {
  return std::any_of(options.begin(), options.end(),
                     [&](const std::string& option) { return leading_name(option) == name; });
}

}  // namespace

std::string options_clause(const Object& object, std::string_view attribute) {
  return object.has(attribute) ? fmt::format(" OPTIONS ({})", list(object.text(attribute))) : "";
}

std::string change_options(const Object& expected, const Object& actual,
                           std::string_view attribute) {
  const auto wanted = options_of(expected, attribute);
  const auto found = options_of(actual, attribute);
  std::vector<std::string> changes;
  for (const auto& option : without(wanted, found))
    changes.push_back((has_option(found, leading_name(option)) ? "SET " : "ADD ") + option);
  for (const auto& option : found)
    if (const auto name = leading_name(option); !has_option(wanted, name))
      changes.push_back("DROP " + name);
  return fmt::format("OPTIONS ({})", text::join(changes, ", "));
}

std::optional<Recipe> refusal_for_secrets(const Object& object) {
  if (!object.has("secrets")) return std::nullopt;
  return Recipe{.stages = {},
                .refusal = fmt::format("it has options that pgmend does not read, for they hold "
                                       "secrets: {}",
                                       list(object.text("secrets"))),
                .hint = "create it by hand"};
}

}  // namespace pgmend::kinds
