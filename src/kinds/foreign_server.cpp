// SPDX-License-Identifier: MIT
// Foreign servers (PostgreSQL documentation, CREATE SERVER, pg_foreign_server in section 53.24).
// Options that look like secrets are not read. User mappings hold secrets and nothing else: they
// are no kind.
//
// Locks: none on tables.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/foreign_options.hpp"
#include "kinds/support/judge.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::foreign_server_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT '' AS schema,
       '' AS relation,
       s.srvname AS name,
       'pg_catalog.pg_foreign_server'::pg_catalog.regclass::oid AS classid,
       s.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(w.fdwname) AS wrapper,
       s.srvtype AS type,
       s.srvversion AS version,
       given.options,
       given.secrets
FROM pg_catalog.pg_foreign_server s
JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
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
        FROM pg_catalog.pg_options_to_table(s.srvoptions) AS p) AS o) AS given
WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass
                    AND e.objid = s.oid AND e.deptype = 'e')
ORDER BY s.srvname
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "wrapper",
              .doc = "foreign-data wrapper. Its foreign tables are read by other code",
              .judge = judge_replace},
    Attribute{.name = "type",
              .doc = "type. The wrapper may treat it differently",
              .judge = judge_replace},
    Attribute{.name = "version",
              .doc = "version. The wrapper may treat it differently",
              .judge = judge_alter},
    Attribute{.name = "options",
              .doc = "options. Queries go to another host or database, or fail to connect",
              .judge = judge_alter,
              .values = "[]"},
    Attribute{.name = "secrets",
              .doc = "names of options that are not read",
              .form = Attribute::Form::directive,
              .values = "[]"},
};

std::string statement(const Object& server, std::span<const std::string>) {
  auto out = "CREATE SERVER " + sql::quote_ident(server.name.name);
  if (server.has("type")) out += " TYPE " + sql::quote_literal(server.text("type"));
  if (server.has("version")) out += " VERSION " + sql::quote_literal(server.text("version"));
  return out + " FOREIGN DATA WRAPPER " + server.text("wrapper") + options_clause(server);
}

std::string drop_sql(const Object& server) {
  return "DROP SERVER " + sql::quote_ident(server.name.name);
}

Recipe create(const Object& server, std::span<const std::string> elements, const Facts&) {
  if (auto refusal = refusal_for_secrets(server)) return *refusal;
  return in_catalogs({statement(server, elements)});
}

Recipe mend(const Object& expected, const Object& actual, std::string_view attribute,
            const Facts&) {
  const auto alter = "ALTER SERVER " + sql::quote_ident(expected.name.name);
  if (attribute == "options")
    return in_catalogs({fmt::format("{} {}", alter, change_options(expected, actual))});
  if (attribute == "version")
    return in_catalogs(
        {fmt::format("{} VERSION {}", alter,
                     expected.has("version") ? sql::quote_literal(expected.text("version"))
                                             : std::string("NULL"))});
  for (const auto* side : {&expected, &actual})
    if (auto refusal = refusal_for_secrets(*side)) return *refusal;
  return made_anew();
}

Recipe drop(const Object& server) {
  return in_catalogs({drop_sql(server)});
}

}  // namespace

const Kind k_foreign_server = {
    .name = "foreign_server",
    .plural = "foreign servers",
    .doc = "a foreign server with its wrapper, type, version and options",
    .home = Kind::Home::database,
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_foreign_server",
    .attributes = k_attributes,
    .without = "server \"{name}\" does not exist",
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::foreign_server_room
