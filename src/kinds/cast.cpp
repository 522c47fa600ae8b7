// SPDX-License-Identifier: MIT
// Casts (PostgreSQL documentation, CREATE CAST, pg_cast in section 53.10). A cast has no name: it
// is called by its types, "integer AS public.kilo".
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"

namespace pgmend::kinds::cast_room {

namespace {

// Objects below 16384 are the server's own.
constexpr std::string_view k_query = R"sql(
SELECT '' AS schema,
       '' AS relation,
       pg_catalog.format_type(c.castsource, NULL) || ' AS '
         || pg_catalog.format_type(c.casttarget, NULL) AS name,
       'pg_catalog.pg_cast'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::pg_catalog.regprocedure::text
                         WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END AS method,
       CASE c.castcontext WHEN 'i' THEN 'AS IMPLICIT' WHEN 'a' THEN 'AS ASSIGNMENT' END AS context
FROM pg_catalog.pg_cast c
WHERE c.oid >= 16384
  AND c.oid NOT IN (SELECT e.objid FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass
                      AND e.deptype IN ('e', 'i'))
ORDER BY 3
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "method",
              .doc = "how it converts. Values are converted in another way",
              .judge = judge_replace},
    Attribute{.name = "context",
              .doc = "where it is used unasked. Statements that rely on it unasked fail with a "
                     "type error, or convert in silence",
              .judge = judge_replace,
              .values = "AS IMPLICIT|AS ASSIGNMENT"},
};

std::string statement(const Object& cast, std::span<const std::string>) {
  auto out = fmt::format("CREATE CAST ({}) {}", cast.name.name, cast.text("method"));
  if (cast.has("context")) out += ' ' + cast.text("context");
  return out;
}

std::string drop_sql(const Object& cast) {
  return fmt::format("DROP CAST ({})", cast.name.name);
}

Recipe create(const Object& cast, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(cast, elements)});
}

Recipe mend(const Object&, const Object&, std::string_view, const Facts&) {
  return made_anew();
}

Recipe drop(const Object& cast) {
  return in_catalogs({drop_sql(cast)});
}

}  // namespace

const Kind k_cast = {
    .name = "cast",
    .plural = "casts",
    .doc = "a cast between two types",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_cast WHERE oid >= 16384",
    .attributes = k_attributes,
    .without =
        "a type error where it would have converted, such as: cannot cast type, or operator does "
        "not exist",
    .spelled_out = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::cast_room
