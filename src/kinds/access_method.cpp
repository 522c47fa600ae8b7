// SPDX-License-Identifier: MIT
// Access methods (PostgreSQL documentation, CREATE ACCESS METHOD, pg_am in section 53.3). Only a
// superuser can create them; objects below 16384 are the server's own.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::access_method_room {

namespace {

constexpr std::string_view k_query = R"sql(
WITH routine AS NOT MATERIALIZED (
  SELECT p.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
         AS name
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
)
SELECT '' AS schema,
       '' AS relation,
       a.amname AS name,
       'pg_catalog.pg_am'::pg_catalog.regclass::oid AS classid,
       a.oid AS objid,
       0 AS objsubid,
       CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END AS type,
       (SELECT r.name FROM routine r WHERE r.oid = a.amhandler) AS handler
FROM pg_catalog.pg_am a
WHERE a.oid >= 16384
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_am'::pg_catalog.regclass
                    AND e.objid = a.oid AND e.deptype = 'e')
ORDER BY a.amname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "type",
              .doc = "what it is for. What uses it as the other cannot be created",
              .judge = judge_replace,
              .values = "TABLE|INDEX"},
    Attribute{
        .name = "handler",
        .doc = "its function. Tables or indexes that use it are read and written by other code",
        .judge = judge_replace},
};

std::string statement(const Object& method, std::span<const std::string>) {
  return fmt::format("CREATE ACCESS METHOD {} TYPE {} HANDLER {}",
                     sql::quote_ident(method.name.name), method.text("type"),
                     method.text("handler"));
}

std::string drop_sql(const Object& method) {
  return "DROP ACCESS METHOD " + sql::quote_ident(method.name.name);
}

Recipe create(const Object& method, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(method, elements)});
}

Recipe mend(const Object&, const Object&, std::string_view, const Facts&) {
  return made_anew();
}

Recipe drop(const Object& method) {
  return in_catalogs({drop_sql(method)});
}

}  // namespace

const Kind k_access_method = {
    .name = "access_method",
    .plural = "access methods",
    .doc = "an access method with its type and handler",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_am WHERE oid >= 16384",
    .attributes = k_attributes,
    .without =
        "no error until something is created with it: access method \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::access_method_room
