// SPDX-License-Identifier: MIT
#include "ledger/tools.hpp"

#include <algorithm>
#include <array>

#include "util/text.hpp"

namespace pgmend::ledger {

namespace {

bool matches_any(std::string_view globs, std::string_view name) {
  if (globs.empty()) return false;
  const auto all = text::split(globs, '|');
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view glob) { return text::matches_glob(glob, name); });
}

}  // namespace

std::span<const Tool* const> all_tools() {
  // Of two that keep the same table the first is meant, unless its files say another thing.
  static constexpr auto k_all = std::to_array<const Tool*>(
      {&k_alembic, &k_atlas,     &k_diesel,         &k_django,          &k_drizzle, &k_ecto,
       &k_ef_core, &k_flyway,    &k_golang_migrate, &k_goose,           &k_knex,    &k_kysely,
       &k_laravel, &k_liquibase, &k_mikro_orm,      &k_node_pg_migrate, &k_pgroll,  &k_prisma,
       &k_rails,   &k_dbmate,    &k_refinery,       &k_sequelize,       &k_sqitch,  &k_sqlx,
       &k_typeorm, &k_yoyo});
  return k_all;
}

const Tool* find_tool(std::string_view name) {
  for (const auto* tool : all_tools())
    if (tool->name == name) return tool;
  return nullptr;
}

bool has_columns(const VersionTable& form, const std::vector<std::string>& columns) {
  if (form.has_no_other_columns && columns.size() != form.columns.size()) return false;
  return std::all_of(form.columns.begin(), form.columns.end(), [&](std::string_view column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  });
}

bool fits(const VersionTable& form, const std::string& name,
          const std::vector<std::string>& columns) {
  return (name == form.name || matches_any(form.names, name)) && has_columns(form, columns);
}

bool may_be_renamed(std::string_view name, std::string_view column) {
  if (!tool_of_name(name).empty()) return false;
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables)
      if (column == form.columns.front() && matches_any(form.names, name)) return true;
  return false;
}

/// Two tools use the same name, so the columns come first.
std::string_view tool_of(const std::string& name, const std::vector<std::string>& columns) {
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables)
      if (fits(form, name, columns)) return tool->name;
  return columns.empty() ? tool_of_name(name) : std::string_view();
}

std::string_view tool_of_name(std::string_view name) {
  for (const auto* tool : all_tools())
    for (const auto& form : tool->tables)
      if (!form.name.empty() && name == form.name) return tool->name;
  return {};
}

bool is_version_table(const std::string& name, const std::vector<std::string>& columns) {
  return !tool_of(name, columns).empty();
}

}  // namespace pgmend::ledger
