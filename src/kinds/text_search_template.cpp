// SPDX-License-Identifier: MIT
// Text search templates (PostgreSQL documentation, section 12.6, pg_ts_template in section 53.61).
// Only a superuser can create them.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"

namespace pgmend::kinds::text_search_template_room {

namespace {

constexpr std::string_view k_query = R"sql(
WITH routine AS NOT MATERIALIZED (
  SELECT f.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.proname)
         AS name
  FROM pg_catalog.pg_proc f JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
)
SELECT n.nspname AS schema,
       '' AS relation,
       t.tmplname AS name,
       'pg_catalog.pg_ts_template'::pg_catalog.regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       (SELECT r.name FROM routine r WHERE r.oid = t.tmplinit) AS init,
       (SELECT r.name FROM routine r WHERE r.oid = t.tmpllexize) AS lexize
FROM pg_catalog.pg_ts_template t
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = t.tmplnamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND t.tmplnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_ts_template'::pg_catalog.regclass -- whole
                    AND e.objid = t.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, t.tmplname
)sql";

constexpr std::array k_attributes = {
    Attribute{
        .name = "init",
        .doc = "function that takes the options. Dictionaries of it read their options differently",
        .judge = judge_replace},
    Attribute{.name = "lexize",
              .doc = "function that looks a word up. Searches find other texts",
              .judge = judge_replace},
};

std::string statement(const Object& mould, std::span<const std::string>) {
  const auto init = mould.has("init") ? fmt::format("INIT = {}, ", mould.text("init")) : "";
  return fmt::format("CREATE TEXT SEARCH TEMPLATE {} ({}LEXIZE = {})", own_sql(mould), init,
                     mould.text("lexize"));
}

std::string drop_sql(const Object& mould) {
  return "DROP TEXT SEARCH TEMPLATE " + own_sql(mould);
}

Recipe create(const Object& mould, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(mould, elements)});
}

Recipe mend(const Object&, const Object&, std::string_view, const Facts&) {
  return made_anew();
}

Recipe drop(const Object& mould) {
  return in_catalogs({drop_sql(mould)});
}

}  // namespace

const Kind k_text_search_template = {
    .name = "text_search_template",
    .plural = "text search templates",
    .doc = "a text search template with its functions",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_ts_template WHERE oid >= 16384",
    .attributes = k_attributes,
    .without = "text search template \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::text_search_template_room
