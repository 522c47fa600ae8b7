// SPDX-License-Identifier: MIT
// Text search dictionaries (PostgreSQL documentation, section 12.6, pg_ts_dict in section 53.59).
//
// Locks: none on tables.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::text_search_dictionary_room {

namespace {

// The catalog keeps the options as one text in the order and spelling in which they were given:
// here they are taken apart, sorted, and all values are texts. Which functions init and lexize, the
// template says.
constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       d.dictname AS name,
       'pg_catalog.pg_ts_dict'::pg_catalog.regclass::oid AS classid,
       d.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(tn.nspname) || '.' || pg_catalog.quote_ident(t.tmplname) AS template,
       (SELECT pg_catalog.array_agg(
                 o.pair[1] || ' = ' || CASE WHEN o.pair[2] ~ '^E?''' THEN o.pair[2]
                                            ELSE pg_catalog.quote_literal(o.pair[2]) END
                 ORDER BY o.pair[1])
        FROM pg_catalog.regexp_matches(
               d.dictinitoption,
               '("(?:[^"]|"")+"|[^\s=,"]+) = (E''(?:[^''\\]|''''|\\.)*''|''(?:[^'']|'''')*''|[^\s,'']+)',
               'g') AS o (pair)) AS options
FROM pg_catalog.pg_ts_dict d
JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = d.dictnamespace OFFSET 0) AS n
WHERE true
  -- narrowed: AND d.dictnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass -- whole
                    AND e.objid = d.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, d.dictname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "template",
              .doc = "template with its functions. Searches find other texts",
              .judge = judge_replace},
    Attribute{.name = "options",
              .doc = "options of the template. Searches find other texts",
              .judge = judge_alter,
              .values = "[]"},
};

std::vector<std::string> options_of(const Object& dictionary) {
  return dictionary.has("options") ? sql::parse_array(dictionary.text("options"))
                                   : std::vector<std::string>{};
}

std::string statement(const Object& dictionary, std::span<const std::string>) {
  auto parts = options_of(dictionary);
  parts.insert(parts.begin(), "TEMPLATE = " + dictionary.text("template"));
  return fmt::format("CREATE TEXT SEARCH DICTIONARY {} ({})", own_sql(dictionary),
                     text::join(parts, ", "));
}

std::string drop_sql(const Object& dictionary) {
  return "DROP TEXT SEARCH DICTIONARY " + own_sql(dictionary);
}

Recipe create(const Object& dictionary, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(dictionary, elements)});
}

/// An option that is named without a value is taken back.
Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  if (attribute == "template") return made_anew();
  const auto wanted = options_of(expected);
  const auto found = options_of(actual);
  auto changes = without(wanted, found);
  for (const auto& option : found) {
    const auto name = leading_name(option);
    const bool stays = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& other) {
      return leading_name(other) == name;
    });
    if (!stays) changes.push_back(name);
  }
  return in_catalogs({fmt::format("ALTER TEXT SEARCH DICTIONARY {} ({})", own_sql(expected),
                                  text::join(changes, ", "))});
}

Recipe drop(const Object& dictionary) {
  return in_catalogs({drop_sql(dictionary)});
}

}  // namespace

const Kind k_text_search_dictionary = {
    .name = "text_search_dictionary",
    .plural = "text search dictionaries",
    .doc = "a text search dictionary with its template and options",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_ts_dict WHERE oid >= 16384",
    .attributes = k_attributes,
    .without = "text search dictionary \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::text_search_dictionary_room
