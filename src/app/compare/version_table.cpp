// SPDX-License-Identifier: MIT
#include "app/compare/version_table.hpp"

#include <string>

#include "kinds/kinds.hpp"
#include "ledger/tools.hpp"

namespace pgmend::app {

std::string_view tool_of(const Name& table, const Schema& schema,
                         const std::vector<ledger::OwnName>& own) {
  std::vector<std::string> columns;
  for (const auto* object : schema.of_relation(table.schema, table.name))
    if (object->kind == &kinds::k_column) columns.push_back(object->name.name);
  if (const auto tool = ledger::tool_of(table.name, columns); !tool.empty()) return tool;
  for (const auto& each : own)
    for (const auto& form : each.tool->tables)
      if (ledger::is_own_name(*each.tool, form, table.name, own) &&
          ledger::has_columns(form, columns))
        return each.tool->name;
  return {};
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
