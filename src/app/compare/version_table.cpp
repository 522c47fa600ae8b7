// SPDX-License-Identifier: MIT
#include "app/compare/version_table.hpp"

#include <string>
#include <vector>

#include "kinds/kinds.hpp"
#include "ledger/tools.hpp"

namespace pgmend::app {

std::string_view tool_of(const Name& table, const Schema& schema) {
  std::vector<std::string> columns;
  for (const auto* object : schema.of_relation(table.schema, table.name))
    if (object->kind == &kinds::k_column) columns.push_back(object->name.name);
  return ledger::tool_of(table.name, columns);
}

bool is_version_table(const Name& table, const Schema& schema) {
  return !tool_of(table, schema).empty();
}

bool may_hold_renamed(const Schema& schema) {
  for (Position position = 0; position < schema.size(); ++position) {
    if (&schema.kind_at(position) != &kinds::k_column) continue;
    const auto name = schema.name_at(position);
    if (ledger::may_be_renamed(name.relation, name.name)) return true;
  }
  return false;
}

}  // namespace pgmend::app
