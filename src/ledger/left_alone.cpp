// SPDX-License-Identifier: MIT
// Tables of migration tools whose rows are not read, and tables that a project gave a name of its
// own to. They are known so that they are left alone.
#include <array>

#include "ledger/tools.hpp"

namespace pgmend::ledger {

namespace {

template <typename... Names>
constexpr auto columns(Names... names) {
  return std::array<std::string_view, sizeof...(Names)>{names...};
}

constexpr auto k_named_run = columns("name", "executed_at", "id");
constexpr auto k_name = columns("name");
constexpr auto k_kysely = columns("name", "timestamp");
constexpr auto k_kysely_lock = columns("is_locked", "id");
constexpr auto k_node_pg = columns("run_on", "name", "id");
constexpr auto k_typeorm = columns("timestamp", "name", "id");
constexpr auto k_laravel = columns("batch", "migration", "id");
constexpr auto k_sqlx = columns("installed_on", "version", "checksum", "execution_time", "success");
constexpr auto k_diesel = columns("run_on", "version");
constexpr auto k_refinery = columns("applied_on", "version", "name", "checksum");
constexpr auto k_yoyo = columns("migration_hash", "migration_id", "applied_at_utc");
constexpr auto k_yoyo_log = columns("migration_hash", "operation", "created_at_utc");
constexpr auto k_yoyo_version = columns("installed_at_utc", "version");
constexpr auto k_yoyo_lock = columns("ctime", "pid", "locked");
constexpr auto k_sqitch_changes = columns("change_id", "script_hash", "planner_email");
constexpr auto k_sqitch_tags = columns("tag_id", "change_id", "planner_email");
constexpr auto k_sqitch_events = columns("event", "change_id", "committer_email");
constexpr auto k_sqitch_dependencies = columns("dependency_id", "change_id", "dependency", "type");
constexpr auto k_sqitch_projects = columns("project", "creator_email", "uri");
constexpr auto k_sqitch_releases = columns("installer_email", "version", "installer_name");
constexpr auto k_knex_any = columns("migration_time", "batch", "name", "id");
constexpr auto k_knex_lock_any = columns("is_locked", "index");
constexpr auto k_golang_any = columns("dirty", "version");
constexpr auto k_liquibase_any = columns("orderexecuted", "exectype", "md5sum", "author");
constexpr auto k_liquibase_lock_any = columns("lockgranted", "locked", "lockedby", "id");

constexpr VersionTable named(std::string_view tool, std::string_view name,
                             std::span<const std::string_view> columns) {
  return {.tool = tool, .name = name, .columns = columns};
}

/// Of any name that fits, as long as it has these columns and no others.
constexpr VersionTable shaped(std::string_view tool, std::string_view names,
                              std::span<const std::string_view> columns) {
  return {
      .tool = tool, .name = {}, .names = names, .columns = columns, .has_no_other_columns = true};
}

constexpr VersionTable any_name(std::string_view tool, std::span<const std::string_view> columns) {
  return {.tool = tool, .name = {}, .names = "*", .columns = columns};
}

constexpr auto k_all = std::to_array<VersionTable>({
    named("MikroORM", "mikro_orm_migrations", k_named_run),
    named("Sequelize", "SequelizeMeta", k_name),
    named("Sequelize", "SequelizeData", k_name),
    named("Kysely", "kysely_migration", k_kysely),
    named("Kysely", "kysely_migration_lock", k_kysely_lock),
    named("node-pg-migrate", "pgmigrations", k_node_pg),
    shaped("TypeORM", "migrations", k_typeorm),
    shaped("Laravel", "migrations", k_laravel),
    named("sqlx", "_sqlx_migrations", k_sqlx),
    named("Diesel", "__diesel_schema_migrations", k_diesel),
    named("refinery", "refinery_schema_history", k_refinery),
    named("yoyo", "_yoyo_migration", k_yoyo),
    named("yoyo", "_yoyo_log", k_yoyo_log),
    named("yoyo", "_yoyo_version", k_yoyo_version),
    named("yoyo", "yoyo_lock", k_yoyo_lock),
    any_name("sqitch", k_sqitch_changes),
    any_name("sqitch", k_sqitch_tags),
    any_name("sqitch", k_sqitch_events),
    shaped("sqitch", "dependencies", k_sqitch_dependencies),
    any_name("sqitch", k_sqitch_projects),
    any_name("sqitch", k_sqitch_releases),
    shaped("Knex", "*", k_knex_any),
    shaped("Knex", "*", k_knex_lock_any),
    shaped("golang-migrate", "*", k_golang_any),
    any_name("Liquibase", k_liquibase_any),
    any_name("Liquibase", k_liquibase_lock_any),
});

}  // namespace

std::span<const VersionTable> tables_left_alone() {
  return k_all;
}

}  // namespace pgmend::ledger
