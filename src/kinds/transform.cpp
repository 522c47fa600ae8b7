// SPDX-License-Identifier: MIT
// Transforms (PostgreSQL documentation, CREATE TRANSFORM, pg_transform in section 53.56). A
// transform has no name: it is called by its type and language.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"

namespace pgmend::kinds::transform_room {

namespace {

constexpr std::string_view k_query = R"sql(
WITH routine AS NOT MATERIALIZED (
  SELECT p.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
         AS name
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
)
SELECT '' AS schema,
       '' AS relation,
       'FOR ' || pg_catalog.format_type(t.trftype, NULL) || ' LANGUAGE '
         || pg_catalog.quote_ident(l.lanname) AS name,
       'pg_catalog.pg_transform'::pg_catalog.regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       (SELECT r.name FROM routine r WHERE r.oid = t.trffromsql) AS from_sql,
       (SELECT r.name FROM routine r WHERE r.oid = t.trftosql) AS to_sql
FROM pg_catalog.pg_transform t
JOIN pg_catalog.pg_language l ON l.oid = t.trflang
WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_transform'::pg_catalog.regclass
                    AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY 3
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "from_sql",
              .doc = "function into the language. Functions get such values in another form",
              .judge = judge_replace},
    Attribute{
        .name = "to_sql",
        .doc =
            "function out of the language. Functions cannot return such values, or make other ones",
        .judge = judge_replace},
};

std::string create_sql(const Object& transform, std::string_view create) {
  std::string functions;
  if (transform.has("from_sql"))
    functions = fmt::format("FROM SQL WITH FUNCTION {}(internal)", transform.text("from_sql"));
  if (transform.has("to_sql"))
    functions += fmt::format("{}TO SQL WITH FUNCTION {}(internal)", functions.empty() ? "" : ", ",
                             transform.text("to_sql"));
  return fmt::format("{} TRANSFORM {} ({})", create, transform.name.name, functions);
}

std::string statement(const Object& transform, std::span<const std::string>) {
  return create_sql(transform, "CREATE");
}

std::string drop_sql(const Object& transform) {
  return "DROP TRANSFORM " + transform.name.name;
}

Recipe create(const Object& transform, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(transform, elements)});
}

/// Functions that use it stay.
Recipe mend(const Object& expected, const Object&, std::string_view, const Facts&) {
  return in_catalogs({create_sql(expected, "CREATE OR REPLACE")});
}

Recipe drop(const Object& transform) {
  return in_catalogs({drop_sql(transform)});
}

}  // namespace

const Kind k_transform = {
    .name = "transform",
    .plural = "transforms",
    .doc = "a transform of a type for a language",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_transform",
    .attributes = k_attributes,
    .without = "no error: functions get such values in another form, or as text",
    .spelled_out = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::transform_room
