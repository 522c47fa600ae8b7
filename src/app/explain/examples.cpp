// SPDX-License-Identifier: MIT
#include "app/explain/examples.hpp"

#include <string>
#include <string_view>

#include "kinds/kinds.hpp"
#include "source/lock_file.hpp"

namespace pgmend::app {

const Schema& examples() {
  static const auto k_lock =
      source::parse_lock_file(std::string(k_examples_text), "examples.lock", kinds::all());
  return k_lock.schema;
}

std::vector<Value> foreign_values(const Kind& kind, const Attribute& attribute) {
  struct Foreign {
    const Kind* kind;
    std::string_view attribute;
    std::vector<std::string> values;
  };
  static const std::vector<Foreign> k_all = {
      {&kinds::k_table, "distribution", {"by tenant_id", "reference", "none"}},
      {&kinds::k_table, "colocated_with", {"public.tenants", "none"}},
  };
  std::vector<Value> values;
  for (const auto& each : k_all)
    if (each.kind == &kind && each.attribute == attribute.name)
      for (const auto& value : each.values) values.push_back(Value::present(value));
  return values;
}

}  // namespace pgmend::app
