// SPDX-License-Identifier: MIT
#include "app/version_table.hpp"

#include <string>
#include <vector>

#include "kinds/kinds.hpp"
#include "ledger/tools.hpp"

namespace pgmend::app {

bool is_version_table(const Name& table, const Schema& schema) {
  std::vector<std::string> columns;
  for (const auto* object : schema.of_relation(table.schema, table.name))
    if (object->kind == &kinds::k_column) columns.push_back(object->name.name);
  return ledger::is_version_table(table.name, columns);
}

}  // namespace pgmend::app
