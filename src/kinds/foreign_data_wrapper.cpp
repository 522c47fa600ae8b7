// SPDX-License-Identifier: MIT
// Foreign-data wrappers (PostgreSQL documentation, section 5.12, pg_foreign_data_wrapper in section
// 53.23). Only a superuser can create them. Options that look like secrets are not read.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/foreign_options.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::foreign_data_wrapper_room {

namespace {

constexpr std::string_view k_query = R"sql(
WITH routine AS NOT MATERIALIZED (
  SELECT p.oid, pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
         AS name
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
)
SELECT '' AS schema,
       '' AS relation,
       w.fdwname AS name,
       'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass::oid AS classid,
       w.oid AS objid,
       0 AS objsubid,
       (SELECT r.name FROM routine r WHERE r.oid = w.fdwhandler) AS handler,
       (SELECT r.name FROM routine r WHERE r.oid = w.fdwvalidator) AS validator,
       (SELECT r.name FROM routine r WHERE r.oid = w.fdwconnection) AS connection, -- since 19
       -- before 19: NULL AS connection,
       given.options,
       given.secrets
FROM pg_catalog.pg_foreign_data_wrapper w
CROSS JOIN LATERAL (
  SELECT pg_catalog.array_agg(pg_catalog.quote_ident(o.name) || ' '
                              || pg_catalog.quote_literal(o.value) ORDER BY o.name)
           FILTER (WHERE NOT o.secret) AS options,
         pg_catalog.array_agg(o.name ORDER BY o.name) FILTER (WHERE o.secret) AS secrets
  FROM (SELECT p.option_name AS name, p.option_value AS value,
               p.option_name ~* '(pass|secret|token|credential|private|(api|access)_?key)'
                 AND p.option_name <> 'password_required'
                 OR p.option_value ~* '(pass(word|wd|file)?|secret)\s*=|://[^/@]*:[^/@]*@'
                 AS secret
        FROM pg_catalog.pg_options_to_table(w.fdwoptions) AS p) AS o) AS given
WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass
                    AND e.objid = w.oid AND e.deptype = 'e')
ORDER BY w.fdwname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "handler",
              .doc = "function that makes plans. Foreign tables cannot be read",
              .judge = judge_part},
    Attribute{.name = "validator",
              .doc = "function that checks options. Wrong options go unnoticed",
              .judge = judge_part},
    Attribute{.name = "connection",
              .doc = "function that makes connection strings. Subscriptions by its servers cannot "
                     "be created, or cannot connect",
              .since = 19,
              .judge = judge_part},
    Attribute{.name = "options",
              .doc = "options. The wrapper behaves differently",
              .judge = judge_part,
              .values = "[]"},
    Attribute{.name = "secrets",
              .doc = "names of options that are not read",
              .form = Attribute::Form::directive,
              .values = "[]"},
};

std::string function_clause(const Object& wrapper, std::string_view attribute) {
  const auto* word = attribute == "handler"     ? "HANDLER"
                     : attribute == "validator" ? "VALIDATOR"
                                                : "CONNECTION";
  return wrapper.has(attribute) ? fmt::format("{} {}", word, wrapper.text(attribute))
                                : fmt::format("NO {}", word);
}

std::string statement(const Object& wrapper, std::span<const std::string>) {
  // Before 19 there is no such word.
  const auto connection =
      wrapper.has("connection") ? ' ' + function_clause(wrapper, "connection") : std::string();
  return fmt::format("CREATE FOREIGN DATA WRAPPER {} {} {}{}{}",
                     sql::quote_ident(wrapper.name.name), function_clause(wrapper, "handler"),
                     function_clause(wrapper, "validator"), connection, options_clause(wrapper));
}

Recipe create(const Object& wrapper, std::span<const std::string> elements, const Facts&) {
  if (auto refusal = refusal_for_secrets(wrapper)) return *refusal;
  return in_catalogs({statement(wrapper, elements)});
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  return in_catalogs(
      {fmt::format("ALTER FOREIGN DATA WRAPPER {} {}", sql::quote_ident(expected.name.name),
                   attribute == "options" ? change_options(expected, actual)
                                          : function_clause(expected, attribute))});
}

Recipe drop(const Object& wrapper) {
  return in_catalogs({"DROP FOREIGN DATA WRAPPER " + sql::quote_ident(wrapper.name.name)});
}

}  // namespace

const Kind k_foreign_data_wrapper = {
    .name = "foreign_data_wrapper",
    .plural = "foreign-data wrappers",
    .doc = "a foreign-data wrapper with its functions and options",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_foreign_data_wrapper",
    .attributes = k_attributes,
    .without = "foreign-data wrapper \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::foreign_data_wrapper_room
