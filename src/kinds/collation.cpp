// SPDX-License-Identifier: MIT
// Collations (PostgreSQL documentation, section 24.2, pg_collation in section 53.12). The version
// of a collation comes with the libraries of the server and is not compared.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/icu_locale.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"
#include "util/text.hpp"

namespace pgmend::kinds::collation_room {

namespace {

// A name may be there once for each encoding; only that of the database counts. Newer servers have
// fields of other names, which only JSON can be asked for on all of them.
constexpr std::string_view k_query = R"sql(
SELECT n.nspname AS schema,
       '' AS relation,
       c.collname AS name,
       'pg_catalog.pg_collation'::pg_catalog.regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       CASE c.collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin'
                           ELSE c.collprovider::text END AS provider,
       CASE WHEN c.collprovider <> 'c'
            THEN coalesce(later.fields ->> 'colllocale', later.fields ->> 'colliculocale',
                          c.collcollate::text) END AS locale,
       CASE WHEN c.collprovider = 'c' THEN c.collcollate END AS lc_collate,
       CASE WHEN c.collprovider = 'c' THEN c.collctype END AS lc_ctype,
       CASE WHEN NOT c.collisdeterministic THEN 'NOT DETERMINISTIC' END AS nondeterministic,
       later.fields ->> 'collicurules' AS rules
FROM pg_catalog.pg_collation c
CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(c) AS fields) AS later
CROSS JOIN LATERAL (SELECT n.nspname FROM pg_catalog.pg_namespace n
                    WHERE n.oid = c.collnamespace OFFSET 0) AS n
WHERE c.collencoding IN (-1, (SELECT b.encoding FROM pg_catalog.pg_database b
                              WHERE b.datname = pg_catalog.current_database()))
  -- narrowed: AND c.collnamespace = ANY ($1::oid[])
  AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                  WHERE e.classid = 'pg_catalog.pg_collation'::pg_catalog.regclass -- whole
                    AND e.objid = c.oid AND e.deptype = 'e') -- whole
ORDER BY n.nspname, c.collname
)sql";

// ICU knows several spellings of a locale, and newer servers keep the canonical one. An older one
// keeps what it was given, so that asking it would not help.
bool are_one_locale(const Difference& d) {
  return d.expected.text("provider") == "icu" && d.actual.text("provider") == "icu" &&
         language_tag(d.wanted.text()) == language_tag(d.found.text());
}

constexpr std::array k_attributes = {
    Attribute{.name = "provider",
              .doc = "library that knows the order. Texts sort and compare differently",
              .judge = judge_replace},
    Attribute{.name = "locale",
              .doc = "locale, of other libraries than libc. Texts sort and compare differently",
              .form = Attribute::Form::text,
              .judge = judge_replace,
              .alike = are_one_locale},
    Attribute{.name = "lc_collate",
              .doc = "order of libc. Texts sort differently",
              .judge = judge_replace},
    Attribute{.name = "lc_ctype",
              .doc = "character classes of libc. upper(), lower() and regular expressions treat "
                     "letters differently",
              .judge = judge_replace},
    Attribute{.name = "nondeterministic",
              .doc = "whether different texts can be equal. Texts that should count as equal do "
                     "not, or the other way round, also in unique indexes",
              .judge = judge_replace,
              .values = "NOT DETERMINISTIC"},
    Attribute{.name = "rules",
              .doc = "tailoring of the order. Texts sort differently",
              .since = 16,
              .judge = judge_replace,
              .verbatim = true},
};

std::string statement(const Object& collation, std::span<const std::string>) {
  std::vector<std::string> parts = {"PROVIDER = " + collation.text("provider")};
  for (const auto* option : {"locale", "lc_collate", "lc_ctype", "rules"})
    if (collation.has(option))
      parts.push_back(fmt::format("{} = {}", option, sql::quote_literal(collation.text(option))));
  if (collation.has("nondeterministic")) parts.emplace_back("DETERMINISTIC = false");
  return fmt::format("CREATE COLLATION {} ({})", own_sql(collation), text::join(parts, ", "));
}

std::string drop_sql(const Object& collation) {
  return "DROP COLLATION " + own_sql(collation);
}

Recipe create(const Object& collation, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(collation, elements)});
}

/// What sorts by it stands against this, as it should: its indexes would be out of order.
Recipe mend(const Object&, const Object&, std::string_view, const Facts&) {
  return made_anew();
}

Recipe drop(const Object& collation) {
  return in_catalogs({drop_sql(collation)});
}

}  // namespace

const Kind k_collation = {
    .name = "collation",
    .plural = "collations",
    .doc = "a collation with its provider and locale",
    .home = Kind::Home::schema,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_collation WHERE oid >= 16384",
    .attributes = k_attributes,
    .without = "collation \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::collation_room
