// SPDX-License-Identifier: MIT
#include "kinds/support/relation_options.hpp"

#include <fmt/format.h>

#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds {

std::string relation_options_sql(const Object& relation, std::string_view before) {
  auto options = sql::parse_array(relation.text("options"));
  if (relation.kind->find_attribute("toast_options"))
    for (auto& option : sql::parse_array(relation.text("toast_options")))
      options.push_back(std::move(option));
  return options.empty() ? "" : fmt::format("{}WITH ({})", before, text::join(options, ", "));
}

Recipe mend_relation_options(const Object& expected, const Object& actual, std::string_view alter,
                             Lock lock, std::string_view attribute) {
  auto statements =
      set_options(fmt::format("{} {}", alter, own_sql(expected)), expected, actual, attribute);
  return {.stages = {in_transaction(std::move(statements), lock, Cost::catalog)}};
}

Recipe mend_cluster(const Object& expected, std::string_view alter) {
  const auto action =
      expected.has("cluster") ? "CLUSTER ON " + expected.text("cluster") : "SET WITHOUT CLUSTER";
  return {.stages = {in_transaction({fmt::format("{} {} {}", alter, own_sql(expected), action)},
                                    Lock::share_update_exclusive, Cost::catalog)}};
}

}  // namespace pgmend::kinds
