// SPDX-License-Identifier: MIT
// Views (PostgreSQL documentation, CREATE VIEW, section 41.2). A view is its query as the server
// prints it; the names of its columns stand in that.
//
// Locks: CREATE OR REPLACE takes a short ACCESS EXCLUSIVE on the view and only ACCESS SHARE on what
// it reads. It can add columns at the end and change nothing else about columns: then the view is
// made anew, and what rests on it with it.
#include "kinds/support/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/heritage.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::view_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.relname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS definition,
       (SELECT pg_catalog.array_agg(
                 pg_catalog.regexp_replace(pg_catalog.regexp_replace(
                   o, '=(on|yes|1)$', '=true', 'i'), '=(off|no|0)$', '=false', 'i') ORDER BY o)
        FROM pg_catalog.unnest(c.reloptions) AS o) AS options,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(a.attname) || ' '
                                    || pg_catalog.format_type(a.atttypid, a.atttypmod)
                                    ORDER BY a.attnum)
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v'
  -- narrowed: AND c.oid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.relname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "definition",
              .doc = "the query. Queries get other rows or columns",
              .form = Attribute::Form::text,
              .judge = judge_replace},
    Attribute{.name = "options",
              .doc = "security_barrier, security_invoker, check_option. It shows rows with other "
                     "rights, or lets rows be written that it does not show",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "columns",
              .doc = "names and types of its columns",
              .form = Attribute::Form::directive,
              .values = "[]"},
};

std::string create_sql(const Object& view, std::string_view create) {
  return fmt::format("{} {}{} AS\n{}", create, own_sql(view), view_options_sql(view),
                     view.text("definition"));
}

std::string statement(const Object& view, std::span<const std::string>) {
  return create_sql(view, "CREATE VIEW");
}

Recipe create(const Object& view, std::span<const std::string> elements, const Facts&) {
  return {
      .stages = {in_transaction({statement(view, elements)}, reading_lock(view), Cost::catalog)}};
}

/// Whether the columns that are there stay, and new ones come behind them.
bool only_adds_columns(const Object& expected, const Object& actual) {
  const auto wanted = sql::parse_array(expected.text("columns"));
  const auto found = sql::parse_array(actual.text("columns"));
  return found.size() <= wanted.size() && std::equal(found.begin(), found.end(), wanted.begin());
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  if (attribute == "options")
    return mend_view_options(expected, actual, "ALTER VIEW", Lock::access_exclusive);
  if (!only_adds_columns(expected, actual)) return made_anew();
  return {.stages = {in_transaction({create_sql(expected, "CREATE OR REPLACE VIEW")},
                                    Lock::access_exclusive, Cost::catalog)}};
}

Recipe drop(const Object& view) {
  return {.stages = {in_transaction({"DROP VIEW " + own_sql(view)}, Lock::access_exclusive,
                                    Cost::catalog)}};
}

}  // namespace

const Kind k_view = {
    .name = "view",
    .plural = "views",
    .doc = "a view with its query and options",
    .owner = "",
    .catalog_query = k_query,
    // Each has a rule, and there are far fewer of these than relations.
    .presence_query =
        "SELECT FROM pg_catalog.pg_rewrite w "
        "JOIN pg_catalog.pg_class c ON c.oid = w.ev_class "
        "WHERE c.relkind = 'v' AND w.oid >= 16384\n"
        "-- narrowed: AND c.oid = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "relation \"{name}\" does not exist",
    .is_query = true,
    .heritage_query = k_heritage_query,
    .relkinds = "{v}",
    .occupants_query = k_relation_occupants,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::view_room
