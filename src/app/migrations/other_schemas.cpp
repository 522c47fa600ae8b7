// SPDX-License-Identifier: MIT
#include "app/migrations/other_schemas.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "util/text.hpp"

namespace pgmend::app {

namespace {

std::string schema_of(const Ledger& ledger) {
  const auto dot = ledger.table.rfind('.');
  return dot == std::string::npos ? "public" : ledger.table.substr(0, dot);
}

bool is_looked_at(const Ledger& ledger, const std::vector<std::string>& globs) {
  return !ledger.table.empty() &&
         std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
           return text::matches_glob(glob, schema_of(ledger));
         });
}

/// Tools with a version table in a schema that is looked at.
std::set<std::string> tools_of(const std::vector<Ledger>& ledgers,
                               const std::vector<std::string>& globs) {
  std::set<std::string> tools;
  for (const auto& ledger : ledgers)
    if (is_looked_at(ledger, globs)) tools.insert(ledger.tool);
  return tools;
}

}  // namespace

void leave_out_other_schemas(std::vector<Ledger>& ledgers,
                             const std::vector<std::string>& looked_at) {
  const auto tools = tools_of(ledgers, looked_at);
  std::erase_if(ledgers, [&](const Ledger& ledger) {
    return tools.contains(ledger.tool) && !is_looked_at(ledger, looked_at);
  });
}

void leave_out_other_tenants(std::vector<Ledger>& ledgers,
                             const std::vector<std::string>& looked_at) {
  if (looked_at.empty()) return;
  const auto tools = tools_of(ledgers, looked_at);
  std::map<std::string, std::size_t> tables;
  for (const auto& ledger : ledgers) ++tables[ledger.tool];
  std::erase_if(ledgers, [&](const Ledger& ledger) {
    const bool may_be_for_all = tables[ledger.tool] == 1 || ledger.table.empty() ||
                                !ledger.scripts.empty() || schema_of(ledger) == "public";
    return !tools.contains(ledger.tool) && !may_be_for_all;
  });
}

}  // namespace pgmend::app
