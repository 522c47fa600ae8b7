// SPDX-License-Identifier: MIT
#include "app/migrations/other_schemas.hpp"

#include <map>
#include <set>

#include "ledger/version_tables.hpp"

namespace pgmend::app {

void leave_out_other_schemas(std::vector<Ledger>& ledgers,
                             const std::vector<std::string>& looked_at) {
  if (looked_at.empty()) return;
  std::set<std::string> with_own;  // tools
  std::map<std::string, std::size_t> tables;
  for (const auto& ledger : ledgers) {
    ++tables[ledger.tool];
    if (ledger::stands_in(ledger, looked_at)) with_own.insert(ledger.tool);
  }
  std::erase_if(ledgers, [&](const Ledger& each) {
    const bool is_projects = !each.scripts.empty() || !each.faults.empty();
    if (ledger::stands_in(each, looked_at) || is_projects) return false;
    if (with_own.contains(each.tool)) return true;
    return tables[each.tool] > 1 && ledger::schema_of(each) != "public";
  });
}

}  // namespace pgmend::app
