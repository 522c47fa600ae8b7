// SPDX-License-Identifier: MIT
#include "ledger/tools.hpp"

#include <algorithm>
#include <array>

#include "util/text.hpp"

namespace pgmend::ledger {

std::span<const VersionTable* const> all_tools() {
  static constexpr auto k_all = std::to_array<const VersionTable*>(
      {&k_alembic, &k_django, &k_drizzle, &k_ef_core, &k_flyway, &k_golang_migrate, &k_goose,
       &k_knex, &k_knex_lock, &k_liquibase, &k_liquibase_lock, &k_prisma, &k_rails,
       &k_rails_metadata});
  return k_all;
}

bool fits(const VersionTable& form, const std::string& name,
          const std::vector<std::string>& columns) {
  if (name != form.name && !text::matches_glob(form.names, name)) return false;
  if (form.has_no_other_columns && columns.size() != form.columns.size()) return false;
  return std::all_of(form.columns.begin(), form.columns.end(), [&](std::string_view column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  });
}

bool may_be_renamed(std::string_view name, std::string_view column) {
  const auto all = all_tools();
  return std::any_of(all.begin(), all.end(), [&](const VersionTable* form) {
    return column == form->columns.front() && name != form->name &&
           text::matches_glob(form->names, name);
  });
}

/// Two tools use the same name, so the columns come first.
std::string_view tool_of(const std::string& name, const std::vector<std::string>& columns) {
  for (const auto* form : all_tools())
    if (fits(*form, name, columns)) return form->tool;
  for (const auto& form : tables_left_alone())
    if (fits(form, name, columns)) return form.tool;
  for (const auto* form : all_tools())
    if (name == form->name) return form->tool;
  for (const auto& form : tables_left_alone())
    if (name == form.name) return form.tool;
  return {};
}

bool is_version_table(const std::string& name, const std::vector<std::string>& columns) {
  return !tool_of(name, columns).empty();
}

}  // namespace pgmend::ledger
