// SPDX-License-Identifier: MIT
// Conversions between encodings (PostgreSQL documentation, CREATE CONVERSION, pg_conversion in
// section 53.14).
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::conversion_room {

namespace {

constexpr std::string_view k_query = R"sql(
WITH routine AS NOT MATERIALIZED (
  SELECT p.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
         AS name
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
)
SELECT n.nspname AS schema,
       '' AS relation,
       c.conname AS name,
       'pg_catalog.pg_conversion'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.pg_encoding_to_char(c.conforencoding) AS source,
       pg_catalog.pg_encoding_to_char(c.contoencoding) AS target,
       (SELECT r.name FROM routine r WHERE r.oid = c.conproc) AS function,
       CASE WHEN c.condefault THEN 'DEFAULT' END AS "default"
FROM pg_catalog.pg_conversion c
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.connamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND c.connamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_conversion'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.conname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "source",
              .doc = "encoding it reads. Clients of that encoding get an error",
              .judge = judge_replace},
    Attribute{.name = "target",
              .doc = "encoding it makes. Clients of that encoding get an error",
              .judge = judge_replace},
    Attribute{.name = "function",
              .doc = "its function. Texts are converted in another way",
              .judge = judge_replace},
    Attribute{.name = "default",
              .doc = "whether the server uses it by itself. Clients of that encoding get an error, "
                     "or other letters",
              .judge = judge_replace,
              .values = "DEFAULT"},
};

std::string statement(const Object& conversion, std::span<const std::string>) {
  return fmt::format("CREATE {}CONVERSION {} FOR {} TO {} FROM {}",
                     conversion.has("default") ? "DEFAULT " : "", own_sql(conversion),
                     sql::quote_literal(conversion.text("source")),
                     sql::quote_literal(conversion.text("target")), conversion.text("function"));
}

std::string drop_sql(const Object& conversion) {
  return "DROP CONVERSION " + own_sql(conversion);
}

Recipe create(const Object& conversion, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(conversion, elements)});
}

Recipe mend(const Object&, const Object&, std::string_view, const Facts&) {
  return made_anew();
}

Recipe drop(const Object& conversion) {
  return in_catalogs({drop_sql(conversion)});
}

}  // namespace

const Kind k_conversion = {
    .name = "conversion",
    .plural = "conversions",
    .doc = "a conversion between two encodings",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_conversion WHERE oid >= 16384",
    .attributes = k_attributes,
    .without =
        "no error, but for clients of that encoding: default conversion function does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::conversion_room
