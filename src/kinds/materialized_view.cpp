// SPDX-License-Identifier: MIT
// Materialized views (PostgreSQL documentation, CREATE MATERIALIZED VIEW, section 41.3). Its
// indexes belong to the room of indexes.
//
// Locks: REFRESH takes ACCESS EXCLUSIVE, also of one that was never filled: CONCURRENTLY is refused
// for that. Nobody reads it before, but queries of it then wait instead of failing.
//
// There is no temporary one: on twins its query is asked as that of a view, and its indexes are put
// on a table with the same columns.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/heritage.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/view.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::materialized_view_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.relname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS definition,
       am.amname AS method,
       (SELECT pg_catalog.array_agg(o ORDER BY o) FROM pg_catalog.unnest(c.reloptions) AS o)
         AS options,
       CASE WHEN NOT c.relispopulated THEN 'WITH NO DATA' END AS unpopulated
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
WHERE (c.relkind = 'm' OR (c.relkind = 'v' AND c.relpersistence = 't'))
  -- narrowed: AND c.oid = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                    AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.relname
)sql";

Judgement judge_unpopulated(const Difference& d) {
  auto judgement = judge_effect(d);
  judgement.reason = "it has not been populated: queries of it fail";
  return judgement;
}

constexpr std::array k_attributes = {
    Attribute{.name = "definition",
              .doc = "the query. Queries get other rows or columns",
              .form = Attribute::Form::text,
              .judge = judge_rewrite},
    Attribute{.name = "method",
              .doc = "access method of the rows. Rows are stored in another way",
              .judge = judge_rewrite},
    Attribute{.name = "options",
              .doc = "storage parameters. It takes other space and time",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "unpopulated",
              .doc = "whether it was never filled. Queries fail with: materialized view has not "
                     "been populated",
              .judge = judge_unpopulated,
              .is_shortcoming = true,
              .values = "WITH NO DATA"},
};

bool is_on_twin(const Object& view) {
  return view.name.schema == "pg_temp";
}

std::string statement(const Object& view, std::span<const std::string>) {
  if (is_on_twin(view))
    return fmt::format("CREATE VIEW {} AS\n{}", own_sql(view), view.text("definition"));
  const auto method =
      view.has("method") ? " USING " + sql::quote_ident(view.text("method")) : std::string();
  return fmt::format("CREATE MATERIALIZED VIEW {}{}{} AS\n{}{}", own_sql(view), method,
                     view_options_sql(view), view.text("definition"),
                     view.has("unpopulated") ? "\nWITH NO DATA" : "");
}

std::string ground(const Object& view) {
  return fmt::format("CREATE TABLE {} AS\n{}\nWITH NO DATA", own_sql(view),
                     view.text("definition"));
}

Recipe create(const Object& view, std::span<const std::string> elements, const Facts&) {
  return {.stages = {in_transaction({statement(view, elements)}, reading_lock(view),
                                    view.has("unpopulated") ? Cost::catalog : Cost::rows)}};
}

std::string drop_sql(const Object& view) {
  return "DROP MATERIALIZED VIEW " + own_sql(view);
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  if (attribute == "options")
    return mend_view_options(expected, actual, "ALTER MATERIALIZED VIEW",
                             Lock::share_update_exclusive);
  if (attribute == "unpopulated")
    return {.stages = {in_transaction({"REFRESH MATERIALIZED VIEW " + own_sql(expected)},
                                      Lock::access_exclusive, Cost::rows)}};
  return made_anew();  // it cannot be changed
}

Recipe drop(const Object& view) {
  return {.stages = {in_transaction({drop_sql(view)}, Lock::access_exclusive, Cost::catalog)}};
}

}  // namespace

const Kind k_materialized_view = {
    .name = "materialized_view",
    .plural = "materialized views",
    .doc = "a materialized view with its query and storage parameters",
    .owner = "",
    .catalog_query = k_query,
    // Each has a rule, and there are far fewer of these than relations. Its twin is a view.
    .presence_query =
        "SELECT FROM pg_catalog.pg_rewrite w CROSS JOIN LATERAL ("
        "SELECT c.* FROM pg_catalog.pg_class c WHERE c.oid = w.ev_class OFFSET 0) AS c "
        "WHERE (c.relkind = 'm' OR (c.relkind = 'v' AND c.relpersistence = 't'))\n"
        "-- narrowed: AND w.ev_class = ANY ($1::oid[])",
    .attributes = k_attributes,
    .without = "relation \"{name}\" does not exist",
    .is_query = true,
    .heritage_query = k_heritage_query,
    .relkinds = "{m}",
    .occupants_query = k_relation_occupants,
    .statement = statement,
    .ground = ground,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::materialized_view_room
