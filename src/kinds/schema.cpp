// SPDX-License-Identifier: MIT
// Schemas (PostgreSQL documentation, section 5.9). A schema is only the fact that it exists.
//
// Locks: none that anybody waits for.
#include <fmt/format.h>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::schema_room {

namespace {

// "public" is left out: every database begins with it, and who drops it means to.
constexpr std::string_view k_query = R"sql(
SELECT '' AS schema,
       '' AS relation,
       n.nspname AS name,
       'pg_catalog.pg_namespace'::pg_catalog.regclass::oid AS classid,
       n.oid AS objid,
       0 AS objsubid
FROM pg_catalog.pg_namespace n
WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'public')
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                    AND e.objid = n.oid AND e.deptype = 'e')
ORDER BY n.nspname
)sql";

constexpr std::string_view k_rights = R"sql(
SELECT wanted.name,
       'permission denied to create in the database' AS problem,
       pg_catalog.format('as the owner of the database: GRANT CREATE ON DATABASE %I TO %I',
                         pg_catalog.current_database(), current_user) AS hint
FROM pg_catalog.unnest($1::text[]) AS wanted (name)
WHERE NOT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
)sql";

std::string statement(const Object& schema, std::span<const std::string>) {
  return "CREATE SCHEMA " + sql::quote_ident(schema.name.name);
}

Recipe create(const Object& schema, std::span<const std::string> elements, const Facts&) {
  return {.stages = {in_transaction({statement(schema, elements)}, Lock::none, Cost::catalog)}};
}

/// What is in it and was not removed before it stands against this, as it should.
Recipe drop(const Object& schema) {
  return {.stages = {in_transaction({"DROP SCHEMA " + sql::quote_ident(schema.name.name)},
                                    Lock::none, Cost::catalog)}};
}

}  // namespace

const Kind k_schema = {
    .name = "schema",
    .plural = "schemas",
    .doc = "a schema exists",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .attributes = {},
    .without = "schema \"{name}\" does not exist",
    .rights_query = k_rights,
    .statement = statement,
    .create = create,
    .drop = drop,
};

}  // namespace pgmend::kinds::schema_room
