// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/migration_files.hpp"

/// The migration tools that are known, one file each in tools/.
namespace pgmend::ledger {

/// A table of a migration tool's. The queries hold `{table}` where the quoted name goes.
struct VersionTable {
  std::string_view name;                      // the usual one; empty: there is none
  std::string_view names = {};                // globs, `|` between them: what it may be called
  std::span<const std::string_view> columns;  // that it has, the rarest first
  bool has_no_other_columns = false;
  /// Returns `entry`, as people know it, the newest first, and where it is not the same `key`, as
  /// the files have it; NULL for what is not applied. Empty for a table that holds no migrations.
  std::string_view entries = {};
  /// Returns `trouble`: rows that failed or were left half-done. May be empty.
  std::string_view troubles = {};
};

struct Tool {
  std::string_view name;                         // "Flyway"
  std::span<const VersionTable> tables;          // those that hold migrations first
  std::string_view run = {};                     // what applies those that are pending; {folder}
  std::span<const std::string_view> signs = {};  // files that no project has without the tool
  /// The migrations in a project; null where that is not known.
  std::vector<MigrationFolder> (*find)(const ProjectFiles& files) = nullptr;
  void (*hold)(Ledger& ledger, const MigrationFolder& folder) = hold_by_key;
  /// A key of the version table as `find` would have it.
  std::string (*normal)(std::string_view key) = nullptr;
  bool has_one_row = false;  // which stands for all before it
  bool owns_schema = false;  // all that stands in the schema of its tables is its own
};

/// Each tool has a namespace of its own, so that several can be compiled as one file.
#define PGMEND_TOOL(tool)       \
  namespace tool##_books {      \
    extern const Tool k_##tool; \
  }                             \
  using tool##_books::k_##tool

PGMEND_TOOL(alembic);
PGMEND_TOOL(atlas);
PGMEND_TOOL(dbmate);
PGMEND_TOOL(diesel);
PGMEND_TOOL(django);
PGMEND_TOOL(drizzle);
PGMEND_TOOL(ecto);
PGMEND_TOOL(ef_core);
PGMEND_TOOL(flyway);
PGMEND_TOOL(golang_migrate);
PGMEND_TOOL(goose);
PGMEND_TOOL(knex);
PGMEND_TOOL(kysely);
PGMEND_TOOL(laravel);
PGMEND_TOOL(liquibase);
PGMEND_TOOL(mikro_orm);
PGMEND_TOOL(node_pg_migrate);
PGMEND_TOOL(pgroll);
PGMEND_TOOL(prisma);
PGMEND_TOOL(rails);
PGMEND_TOOL(refinery);
PGMEND_TOOL(sequelize);
PGMEND_TOOL(sqitch);
PGMEND_TOOL(sqlx);
PGMEND_TOOL(typeorm);
PGMEND_TOOL(yoyo);

#undef PGMEND_TOOL

/// All of them.
std::span<const Tool* const> all_tools();

/// The tool of this name; null for none.
const Tool* find_tool(std::string_view name);

/// Whether these columns are those of such a table.
bool has_columns(const VersionTable& form, const std::vector<std::string>& columns);

/// Whether a table of this name and with these columns is one.
bool fits(const VersionTable& form, const std::string& name,
          const std::vector<std::string>& columns);

/// Whether a table of this name that has this column, and whose columns beside it are not known,
/// may be a tool's under another name than the usual.
bool may_be_renamed(std::string_view name, std::string_view column);

/// The tool to which a table belongs, by its columns; empty: it is the application's, whatever its
/// name. Where the columns are not known (none), by its usual name.
std::string_view tool_of(const std::string& name, const std::vector<std::string>& columns);

/// The tool whose table is usually called so; empty: none.
std::string_view tool_of_name(std::string_view name);

/// Whether a table belongs to a migration tool, not to the application.
bool is_version_table(const std::string& name, const std::vector<std::string>& columns);

}  // namespace pgmend::ledger
