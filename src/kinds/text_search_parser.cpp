// SPDX-License-Identifier: MIT
// Text search parsers (PostgreSQL documentation, section 12.5, pg_ts_parser in section 53.60).
// Only a superuser can create them.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"

namespace pgmend::kinds::text_search_parser_room {

namespace {

constexpr std::string_view k_query = R"sql(
WITH routine AS NOT MATERIALIZED (
  SELECT f.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.proname)
         AS name
  FROM pg_catalog.pg_proc f JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
)
SELECT n.nspname AS schema,
       '' AS relation,
       p.prsname AS name,
       'pg_catalog.pg_ts_parser'::pg_catalog.regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       (SELECT r.name FROM routine r WHERE r.oid = p.prsstart) AS start,
       (SELECT r.name FROM routine r WHERE r.oid = p.prstoken) AS token,
       (SELECT r.name FROM routine r WHERE r.oid = p.prsend) AS "end",
       (SELECT r.name FROM routine r WHERE r.oid = p.prslextype) AS types,
       (SELECT r.name FROM routine r WHERE r.oid = p.prsheadline) AS headline
FROM pg_catalog.pg_ts_parser p
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = p.prsnamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND p.prsnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass -- whole
                    AND e.objid = p.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, p.prsname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "start",
              .doc = "function that starts it. Texts are cut into other words",
              .judge = judge_replace},
    Attribute{.name = "token",
              .doc = "function for the next token. Texts are cut into other words",
              .judge = judge_replace},
    Attribute{.name = "end",
              .doc = "function that ends it. Texts are cut into other words",
              .judge = judge_replace},
    Attribute{.name = "types",
              .doc = "function for the types of tokens. Texts are cut into other words",
              .judge = judge_replace},
    Attribute{.name = "headline",
              .doc = "function for headlines. ts_headline() shows something else, or fails",
              .judge = judge_replace},
};

std::string statement(const Object& parser, std::span<const std::string>) {
  const auto headline =
      parser.has("headline") ? ", HEADLINE = " + parser.text("headline") : std::string();
  return fmt::format(
      "CREATE TEXT SEARCH PARSER {} (START = {}, GETTOKEN = {}, END = {}, LEXTYPES = {}{})",
      own_sql(parser), parser.text("start"), parser.text("token"), parser.text("end"),
      parser.text("types"), headline);
}

std::string drop_sql(const Object& parser) {
  return "DROP TEXT SEARCH PARSER " + own_sql(parser);
}

Recipe create(const Object& parser, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(parser, elements)});
}

Recipe mend(const Object&, const Object&, std::string_view, const Facts&) {
  return made_anew();
}

Recipe drop(const Object& parser) {
  return in_catalogs({drop_sql(parser)});
}

}  // namespace

const Kind k_text_search_parser = {
    .name = "text_search_parser",
    .plural = "text search parsers",
    .doc = "a text search parser with its functions",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_ts_parser WHERE oid >= 16384",
    .attributes = k_attributes,
    .without = "text search parser \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::text_search_parser_room
