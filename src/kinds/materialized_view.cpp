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

#include <algorithm>
#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/heritage.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/relation_options.hpp"
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
       CASE WHEN NOT c.relispopulated THEN 'WITH NO DATA' END AS unpopulated,
       (SELECT pg_catalog.array_agg('toast.' || o ORDER BY o COLLATE "C")
        FROM pg_catalog.pg_class x CROSS JOIN pg_catalog.unnest(x.reloptions) AS o
        WHERE x.oid = c.reltoastrelid) AS toast_options,
       s.settings AS column_settings,
       (SELECT pg_catalog.quote_ident(x.relname)
        FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        WHERE i.indrelid = c.oid AND i.indisclustered) AS cluster,
       s.defaults AS column_defaults
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
CROSS JOIN LATERAL (
  SELECT pg_catalog.array_agg(s.name || s.setting ORDER BY (s.name || s.setting) COLLATE "C")
           AS settings,
         pg_catalog.array_agg(s.name || s.usual ORDER BY (s.name || s.usual) COLLATE "C")
           AS defaults
  FROM (
    SELECT pg_catalog.quote_ident(a.attname) AS name, v.setting, v.usual
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    CROSS JOIN LATERAL (
      SELECT ' SET STATISTICS ' || a.attstattarget, ' SET STATISTICS -1'
      WHERE a.attstattarget >= 0
      UNION ALL
      SELECT ' SET STORAGE ' || w.words[pg_catalog.strpos('pexm', a.attstorage::text)],
             ' SET STORAGE ' || w.words[pg_catalog.strpos('pexm', t.typstorage::text)]
      FROM (SELECT ARRAY['PLAIN', 'EXTERNAL', 'EXTENDED', 'MAIN']) AS w (words)
      WHERE a.attstorage <> t.typstorage
      UNION ALL -- since 14
      SELECT ' SET COMPRESSION ' || CASE a.attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END, -- since 14
             ' SET COMPRESSION default' WHERE a.attcompression <> '' -- since 14
      UNION ALL
      SELECT ' SET (' || o || ')', ' RESET (' || pg_catalog.split_part(o, '=', 1) || ')'
      FROM pg_catalog.unnest(a.attoptions) AS o
      WHERE o NOT LIKE 'pg\_attver=%') AS v (setting, usual)
    WHERE c.relkind = 'm' AND a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS s
  OFFSET 0) AS s
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.relnamespace OFFSET 0) AS n
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
    Attribute{.name = "toast_options",
              .doc = "storage parameters of its TOAST table. Long values take other space and time",
              .judge = judge_alter,
              .comes_last = true},
    Attribute{.name = "column_settings",
              .doc =
                  "storage, compression, statistics targets and options of its columns, where "
                  "not the default. Long values take other space and time, queries may get other "
                  "plans",
              .judge = judge_alter,
              .comes_last = true},
    k_cluster_attribute,
    Attribute{.name = "column_defaults",
              .doc = "what takes each of column_settings back",
              .form = Attribute::Form::directive},
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
                     relation_options_sql(view, " "), view.text("definition"),
                     view.has("unpopulated") ? "\nWITH NO DATA" : "");
}

std::string ground(const Object& view) {
  return fmt::format("CREATE TABLE {} AS\n{}\nWITH NO DATA", own_sql(view),
                     view.text("definition"));
}

/// "name SET STORAGE MAIN" and the like, as actions.
std::string alter_columns(const Object& view, const std::vector<std::string>& settings) {
  return fmt::format("ALTER MATERIALIZED VIEW {} ALTER COLUMN {}", own_sql(view),
                     text::join(settings, ", ALTER COLUMN "));
}

std::vector<std::string> after_statement(const Object& view, const Facts&) {
  if (!view.has("column_settings") || is_on_twin(view)) return {};
  return {alter_columns(view, sql::parse_array(view.text("column_settings")))};
}

Recipe create(const Object& view, std::span<const std::string> elements, const Facts& facts) {
  auto statements = after_statement(view, facts);
  statements.insert(statements.begin(), statement(view, elements));
  return {.stages = {in_transaction(std::move(statements), reading_lock(view),
                                    view.has("unpopulated") ? Cost::catalog : Cost::rows)}};
}

Lock lock_of(const std::vector<std::string>& settings) {
  const bool is_heavy = std::any_of(settings.begin(), settings.end(), [](const std::string& each) {
    const auto setting = each.substr(leading_name(each).size());
    return setting.starts_with(" SET STORAGE ") || setting.starts_with(" SET COMPRESSION ");
  });
  return is_heavy ? Lock::access_exclusive : Lock::share_update_exclusive;
}

/// What is set in either way need not be taken back.
Recipe mend_column_settings(const Object& expected, const Object& actual) {
  const auto all = [](const Object& view, std::string_view attribute) {
    return sql::parse_array(view.text(attribute));
  };
  auto settings = without(all(actual, "column_defaults"), all(expected, "column_defaults"));
  for (auto& setting : without(all(expected, "column_settings"), all(actual, "column_settings")))
    settings.push_back(std::move(setting));
  return {.stages = {in_transaction({alter_columns(expected, settings)}, lock_of(settings),
                                    Cost::catalog)}};
}

std::string drop_sql(const Object& view) {
  return "DROP MATERIALIZED VIEW " + own_sql(view);
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  if (attribute == "options" || attribute == "toast_options")
    return mend_relation_options(expected, actual, "ALTER MATERIALIZED VIEW",
                                 Lock::share_update_exclusive, attribute);
  if (attribute == "column_settings") return mend_column_settings(expected, actual);
  if (attribute == "cluster") return mend_cluster(expected, "ALTER MATERIALIZED VIEW");
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
    .doc = "a materialized view with its query, storage parameters and settings of columns",
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
    .after_element = after_statement,
    .statement = statement,
    .ground = ground,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::materialized_view_room
