// SPDX-License-Identifier: MIT
// Extensions (PostgreSQL documentation, section 38.17). What they bring along is theirs: no kind
// reads it.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::extension_room {

namespace {

// What initdb makes (plpgsql) has an oid below FirstNormalObjectId.
constexpr std::string_view k_query = R"sql(
SELECT '' AS schema,
       '' AS relation,
       x.extname AS name,
       'pg_catalog.pg_extension'::pg_catalog.regclass::oid AS classid,
       x.oid AS objid,
       0 AS objsubid,
       n.nspname AS in_schema,
       x.extversion AS version
FROM pg_catalog.pg_extension x
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = x.extnamespace OFFSET 0) AS n
WHERE x.oid >= 16384
ORDER BY x.extname
)sql";

/// Servers come with versions of their own, and most of those do the same.
Judgement judge_version(const Difference&) {
  return {.sort = Sort::different,
          .weight = Weight::information,
          .reason = "its version comes with the server",
          .hint = "to change it: ALTER EXTENSION ... UPDATE"};
}

constexpr std::array k_attributes = {
    Attribute{.name = "in_schema",
              .doc = "schema of its objects. Its functions and types are not found by a "
                     "search_path without that schema",
              .judge = judge_alter},
    Attribute{.name = "version",
              .doc = "installed version. Functions of the newer version do not exist",
              .judge = judge_version},
};

std::string statement(const Object& extension, std::span<const std::string>) {
  return fmt::format("CREATE EXTENSION {} SCHEMA {}", sql::quote_ident(extension.name.name),
                     sql::quote_ident(extension.text("in_schema")));
}

// Who may create in the database may create what is trusted; all else is for superusers.
// Managed services let their administrators create what the catalogs keep for superusers: there the
// server is asked by trying.
constexpr std::string_view k_rights = R"sql(
SELECT wanted.name,
       CASE WHEN NOT can.create_here THEN 'permission denied to create in the database'
            ELSE 'only a superuser may create this extension' END AS problem,
       CASE WHEN NOT can.create_here
            THEN pg_catalog.format('as the owner of the database: GRANT CREATE ON DATABASE %I TO %I',
                                   pg_catalog.current_database(), current_user)
            ELSE pg_catalog.format('as a superuser: CREATE EXTENSION %I', wanted.name) END AS hint
FROM pg_catalog.unnest($1::text[]) AS wanted (name)
JOIN LATERAL (SELECT v.superuser AND NOT v.trusted AS is_for_superusers
              FROM pg_catalog.pg_available_extensions e
              JOIN pg_catalog.pg_available_extension_versions v
                ON v.name = e.name AND v.version = e.default_version
              WHERE e.name = wanted.name) AS it ON true
CROSS JOIN (SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
                     AS create_here,
                   (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
                     OR EXISTS (SELECT 1 FROM pg_catalog.pg_roles r
                                WHERE r.rolname IN ('rds_superuser', 'cloudsqlsuperuser',
                                                    'azure_pg_admin')
                                  AND pg_catalog.pg_has_role(r.oid, 'MEMBER'))
                     OR pg_catalog.current_setting('supautils.privileged_extensions', true)
                        IS NOT NULL
                     AS is_superuser) AS can
WHERE NOT can.is_superuser AND (it.is_for_superusers OR NOT can.create_here)
)sql";

Stage is_available(const Object& extension) {
  auto stage = precondition(
      fmt::format("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_available_extensions "
                  "WHERE name = {})",
                  sql::quote_literal(extension.name.name)),
      "it is not installed on the server's machine",
      "install the package that holds it, or ask the provider of the database");
  stage.lock = Lock::none;
  stage.cost = Cost::catalog;
  return stage;
}

Recipe create(const Object& extension, std::span<const std::string> elements, const Facts&) {
  return {.stages = {is_available(extension),
                     in_transaction({statement(extension, elements)}, Lock::none, Cost::catalog)}};
}

Recipe mend(const Object& expected, const Object&, std::string_view, const Facts&) {
  return {.stages = {in_transaction(
              {fmt::format("ALTER EXTENSION {} SET SCHEMA {}", sql::quote_ident(expected.name.name),
                           sql::quote_ident(expected.text("in_schema")))},
              Lock::none, Cost::catalog)}};
}

Recipe drop(const Object& extension) {
  return {.stages = {in_transaction({"DROP EXTENSION " + sql::quote_ident(extension.name.name)},
                                    Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_extension = {
    .name = "extension",
    .plural = "extensions",
    .doc = "an extension is installed, and in which schema",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .attributes = k_attributes,
    .without = "the types, functions and operators of extension \"{name}\" do not exist",
    .rights_query = k_rights,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::extension_room
