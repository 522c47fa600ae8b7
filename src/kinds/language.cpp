// SPDX-License-Identifier: MIT
// Procedural languages (PostgreSQL documentation, CREATE LANGUAGE, pg_language in section 53.29).
// Only a superuser can create them; objects below 16384 are the server's own.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::language_room {

namespace {

constexpr std::string_view k_query = R"sql(
WITH routine AS NOT MATERIALIZED (
  SELECT p.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
         AS name
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
)
SELECT '' AS schema,
       '' AS relation,
       l.lanname AS name,
       'pg_catalog.pg_language'::pg_catalog.regclass::oid AS classid,
       l.oid AS objid,
       0 AS objsubid,
       CASE WHEN l.lanpltrusted THEN 'TRUSTED' END AS trusted,
       (SELECT r.name FROM routine r WHERE r.oid = l.lanplcallfoid) AS handler,
       (SELECT r.name FROM routine r WHERE r.oid = l.laninline) AS inline,
       (SELECT r.name FROM routine r WHERE r.oid = l.lanvalidator) AS validator
FROM pg_catalog.pg_language l
WHERE l.oid >= 16384
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_language'::pg_catalog.regclass
                    AND e.objid = l.oid AND e.deptype = 'e')
ORDER BY l.lanname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "trusted",
              .doc = "whether ordinary roles may use it. Ordinary roles cannot create functions in "
                     "it, or can where they should not",
              .judge = judge_replace,
              .values = "TRUSTED"},
    Attribute{.name = "handler",
              .doc = "function that runs others. Its functions are run by other code",
              .judge = judge_replace},
    Attribute{.name = "inline",
              .doc = "function that runs DO. DO blocks in it fail",
              .judge = judge_replace},
    Attribute{
        .name = "validator",
        .doc = "function that checks bodies. Wrong functions are noticed only when they are called",
        .judge = judge_replace},
};

std::string create_sql(const Object& language, std::string_view create) {
  auto out =
      fmt::format("{} {}LANGUAGE {} HANDLER {}", create, language.has("trusted") ? "TRUSTED " : "",
                  sql::quote_ident(language.name.name), language.text("handler"));
  if (language.has("inline")) out += " INLINE " + language.text("inline");
  if (language.has("validator")) out += " VALIDATOR " + language.text("validator");
  return out;
}

std::string statement(const Object& language, std::span<const std::string>) {
  return create_sql(language, "CREATE");
}

std::string drop_sql(const Object& language) {
  return "DROP LANGUAGE " + sql::quote_ident(language.name.name);
}

Recipe create(const Object& language, std::span<const std::string> elements, const Facts&) {
  return in_catalogs({statement(language, elements)});
}

/// Functions in it stay.
Recipe mend(const Object& expected, const Object&, std::string_view, const Facts&) {
  return in_catalogs({create_sql(expected, "CREATE OR REPLACE")});
}

Recipe drop(const Object& language) {
  return in_catalogs({drop_sql(language)});
}

}  // namespace

const Kind k_language = {
    .name = "language",
    .plural = "languages",
    .doc = "a procedural language with its functions",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_language WHERE oid >= 16384",
    .attributes = k_attributes,
    .without = "language \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::language_room
