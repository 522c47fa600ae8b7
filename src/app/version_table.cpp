// SPDX-License-Identifier: MIT
#include "app/version_table.hpp"

#include <algorithm>
#include <array>

namespace pgmend::app {

namespace {

constexpr std::array<std::string_view, 11> k_version_tables = {
    "alembic_version",    "django_migrations",    "flyway_schema_history",
    "_prisma_migrations", "databasechangelog",    "databasechangeloglock",
    "schema_migrations",  "ar_internal_metadata", "__EFMigrationsHistory",
    "goose_db_version",   "knex_migrations"};

}  // namespace

bool is_version_table(std::string_view name) {
  return std::find(k_version_tables.begin(), k_version_tables.end(), name) !=
         k_version_tables.end();
}

bool is_version_table(const Name& table, const Schema& schema) {
  if (is_version_table(table.name)) return true;
  int columns = 0;
  bool has_version = false;
  for (const auto* object : schema.of_relation(table.schema, table.name)) {
    if (object->kind->name != "column") continue;
    ++columns;
    has_version = has_version || object->name.name == "version_num";
  }
  return columns == 1 && has_version;
}

}  // namespace pgmend::app
