// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The migration tools whose version tables are known, one file each.
namespace pgmend::ledger {

/// How a migration tool keeps its books: which tables are its version tables, and what to ask of
/// one. The queries hold `{table}` where the quoted name goes.
struct VersionTable {
  std::string_view tool;                      // "Flyway"
  std::string_view name;                      // the usual one
  std::string_view names = {};                // a glob: what a project may call it; empty: no other
  std::span<const std::string_view> columns;  // that it has
  bool has_no_other_columns = false;
  /// Returns `entry`, the newest first, and `total`. Empty for a table that holds no migrations.
  std::string_view entries = {};
  /// Returns `trouble`: rows that failed or were left half-done. May be empty.
  std::string_view troubles = {};
};

extern const VersionTable k_alembic;
extern const VersionTable k_django;
extern const VersionTable k_drizzle;
extern const VersionTable k_ef_core;
extern const VersionTable k_flyway;
extern const VersionTable k_golang_migrate;
extern const VersionTable k_goose;
extern const VersionTable k_knex;
extern const VersionTable k_knex_lock;
extern const VersionTable k_liquibase;
extern const VersionTable k_liquibase_lock;
extern const VersionTable k_prisma;
extern const VersionTable k_rails;
extern const VersionTable k_rails_metadata;

/// All of them. What comes with another table stands behind it.
std::span<const VersionTable* const> all_tools();

/// More that are known, and not read.
std::span<const VersionTable> tables_left_alone();

/// Whether a table of this name and with these columns is one.
bool fits(const VersionTable& form, const std::string& name,
          const std::vector<std::string>& columns);

/// Whether a table of this name that has this column, and whose columns beside it are not known,
/// may be a tool's under another name than the usual.
bool may_be_renamed(std::string_view name, std::string_view column);

/// The tool to which a table belongs, by its columns or by its usual name; empty: it is the
/// application's. The columns may not be known.
std::string_view tool_of(const std::string& name, const std::vector<std::string>& columns);

/// Whether a table belongs to a migration tool, not to the application.
bool is_version_table(const std::string& name, const std::vector<std::string>& columns);

}  // namespace pgmend::ledger
