// SPDX-License-Identifier: MIT
// Text search configurations (PostgreSQL documentation, section 12.7, pg_ts_config and
// pg_ts_config_map in sections 53.57 and 53.58).
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::text_search_configuration_room {

namespace {

// Numbers of token types are the parser's own business; their names are what is written.
constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.cfgname AS name,
       'pg_catalog.pg_ts_config'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.prsname) AS parser,
       (SELECT pg_catalog.array_agg(pg_catalog.quote_ident(m.alias) || ' WITH ' || m.dictionaries
                                    ORDER BY m.alias)
        FROM (SELECT t.alias, pg_catalog.string_agg(d.mapdict::pg_catalog.regdictionary::text, ', '
                                                    ORDER BY d.mapseqno) AS dictionaries
              FROM pg_catalog.ts_token_type(c.cfgparser) t
              JOIN pg_catalog.pg_ts_config_map d
                ON d.mapcfg = c.oid AND d.maptokentype = t.tokid
              GROUP BY t.alias) AS m) AS mappings
FROM pg_catalog.pg_ts_config c
JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.cfgnamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND c.cfgnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.cfgname
)sql";

std::vector<std::string> mappings_of(const Object& configuration) {
  return configuration.has("mappings") ? sql::parse_array(configuration.text("mappings"))
                                       : std::vector<std::string>{};
}

std::vector<std::string> names(const std::vector<std::string>& mappings) {
  std::vector<std::string> out;
  for (const auto& mapping : mappings) out.push_back(leading_name(mapping));
  return out;
}

Judgement judge_mappings(const Difference& d) {
  const auto lost = without(mappings_of(d.actual), mappings_of(d.expected));
  return lost.empty() ? Judgement{.sort = Sort::missing, .consent = Consent::add} : judge_alter(d);
}

constexpr std::array k_attributes = {
    Attribute{
        .name = "parser", .doc = "parser. Texts are cut into other words", .judge = judge_replace},
    Attribute{.name = "mappings",
              .doc = "dictionaries for each type of token, in order. Searches find other texts",
              .judge = judge_mappings,
              .values = "[]"},
};

std::string statement(const Object& configuration, std::span<const std::string>) {
  return fmt::format("CREATE TEXT SEARCH CONFIGURATION {} (PARSER = {})", own_sql(configuration),
                     configuration.text("parser"));
}

std::string alter(const Object& configuration, std::string_view action, const std::string& what) {
  return fmt::format("ALTER TEXT SEARCH CONFIGURATION {} {} MAPPING FOR {}", own_sql(configuration),
                     action, what);
}

std::vector<std::string> create_sql(const Object& configuration) {
  std::vector<std::string> statements = {statement(configuration, {})};
  for (const auto& mapping : mappings_of(configuration))
    statements.push_back(alter(configuration, "ADD", mapping));
  return statements;
}

std::string drop_sql(const Object& configuration) {
  return "DROP TEXT SEARCH CONFIGURATION " + own_sql(configuration);
}

Recipe create(const Object& configuration, std::span<const std::string>, const Facts&) {
  return in_catalogs(create_sql(configuration));
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  if (attribute == "parser") return made_anew();
  std::vector<std::string> statements;
  const auto there = names(mappings_of(actual));
  for (const auto& name : without(there, names(mappings_of(expected))))
    statements.push_back(alter(expected, "DROP", name));
  for (const auto& mapping : without(mappings_of(expected), mappings_of(actual)))
    statements.push_back(alter(
        expected, without({leading_name(mapping)}, there).empty() ? "ALTER" : "ADD", mapping));
  return in_catalogs(std::move(statements));
}

Recipe drop(const Object& configuration) {
  return in_catalogs({drop_sql(configuration)});
}

}  // namespace

const Kind k_text_search_configuration = {
    .name = "text_search_configuration",
    .plural = "text search configurations",
    .doc = "a text search configuration with its parser and mappings",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_ts_config WHERE oid >= 16384",
    .attributes = k_attributes,
    .without = "text search configuration \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::text_search_configuration_room
