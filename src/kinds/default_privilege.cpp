// SPDX-License-Identifier: MIT
// Default privileges (PostgreSQL documentation, ALTER DEFAULT PRIVILEGES, pg_default_acl in section
// 53.16), compared only when asked for: one object for each privilege to one role. A list that is
// not of one schema stands in place of the built-in one, so what it lacks of that is taken away.
//
// Locks: none.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/role.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::default_privilege_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT coalesce(n.nspname, '') AS schema,
       '' AS relation,
       p.privilege || ' on ' || pg_catalog.lower(d.word) || ' of '
         || pg_catalog.quote_ident(d.maker)
         || coalesce(' in ' || pg_catalog.quote_ident(n.nspname), '')
         || CASE WHEN p.revoked THEN ' not to ' ELSE ' to ' END
         || CASE p.role WHEN 'PUBLIC' THEN p.role ELSE pg_catalog.quote_ident(p.role) END AS name,
       'pg_catalog.pg_default_acl'::pg_catalog.regclass::oid AS classid,
       d.oid AS objid,
       0 AS objsubid,
       CASE WHEN p.grantable THEN 'WITH GRANT OPTION' END AS grant_option,
       CASE WHEN p.revoked THEN 'REVOKED' END AS revoked,
       d.maker AS maker,
       d.word AS objects,
       p.privilege AS privilege,
       p.role AS role
FROM (
  SELECT a.oid, a.defaclrole, a.defaclnamespace, a.defaclacl,
         pg_catalog.pg_get_userbyid(a.defaclrole) AS maker,
         CASE a.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
                              WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
                              WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS word,
         CASE WHEN a.defaclnamespace = 0
              THEN pg_catalog.acldefault(CASE a.defaclobjtype WHEN 'S' THEN 's'
                                                              ELSE a.defaclobjtype END,
                                         a.defaclrole)
              END AS builtin
  FROM pg_catalog.pg_default_acl a
) AS d
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
CROSS JOIN LATERAL (
  SELECT x.privilege_type AS privilege,
         CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(x.grantee) END AS role,
         pg_catalog.bool_or(x.is_grantable) AS grantable, x.revoked
  FROM (
    SELECT g.grantee, g.privilege_type, g.is_grantable, false AS revoked
    FROM pg_catalog.aclexplode(d.defaclacl) AS g
    WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.aclexplode(d.builtin) AS b
                      WHERE b.grantee = g.grantee AND b.privilege_type = g.privilege_type)
    UNION ALL
    SELECT b.grantee, b.privilege_type, false, true
    FROM pg_catalog.aclexplode(d.builtin) AS b
    WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.aclexplode(d.defaclacl) AS g
                      WHERE b.grantee = g.grantee AND b.privilege_type = g.privilege_type)
  ) AS x
  WHERE x.grantee <> d.defaclrole
  GROUP BY 1, 2, 4
) AS p
WHERE true
  -- narrowed: AND d.defaclnamespace = ANY ($1::oid[])
  AND coalesce(n.nspname, '') NOT LIKE 'pg\_%' -- whole
  AND coalesce(n.nspname, '') <> 'information_schema' -- whole
ORDER BY 1, 3
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "grant_option",
              .doc = "whether the role may grant it to others. The role cannot pass the privilege "
                     "on, or can where it should not",
              .judge = judge_part,
              .values = "WITH GRANT OPTION"},
    Attribute{.name = "revoked",
              .doc = "whether a built-in privilege is taken away",
              .form = Attribute::Form::directive,
              .values = "REVOKED"},
    Attribute{.name = "maker",
              .doc = "the role whose new objects have it",
              .form = Attribute::Form::directive},
    Attribute{.name = "objects", .doc = "what it is on", .form = Attribute::Form::directive},
    Attribute{.name = "privilege", .doc = "what it allows", .form = Attribute::Form::directive},
    Attribute{.name = "role", .doc = "whom it allows that", .form = Attribute::Form::directive},
};

std::string alter(const Object& object, bool grant, std::string_view option = {}) {
  auto out =
      fmt::format("ALTER DEFAULT PRIVILEGES FOR ROLE {}", sql::quote_ident(object.text("maker")));
  if (!object.name.schema.empty()) out += " IN SCHEMA " + sql::quote_ident(object.name.schema);
  out += fmt::format(" {} {}{} ON {} {} {}", grant ? "GRANT" : "REVOKE", option,
                     object.text("privilege"), object.text("objects"), grant ? "TO" : "FROM",
                     role_sql(object.text("role")));
  return grant && object.has("grant_option") ? out + " WITH GRANT OPTION" : out;
}

std::string statement(const Object& object, std::span<const std::string>) {
  return alter(object, !object.has("revoked"));
}

Recipe create(const Object& object, std::span<const std::string> elements, const Facts&) {
  Recipe recipe = {.stages = privilege_exists(object.text("privilege"))};
  recipe.stages.push_back(role_exists(object.text("maker")));
  recipe.stages.push_back(role_exists(object.text("role")));
  recipe.stages.push_back(in_transaction({statement(object, elements)}, Lock::none, Cost::catalog));
  return recipe;
}

Recipe mend(const Object& expected, const Object& actual, std::string_view, const Facts& facts) {
  if (expected.has("grant_option")) return create(expected, {}, facts);
  return {.stages = {in_transaction({alter(actual, false, "GRANT OPTION FOR ")}, Lock::none,
                                    Cost::catalog)}};
}

Recipe drop(const Object& object) {
  return {.stages = {
              in_transaction({alter(object, object.has("revoked"))}, Lock::none, Cost::catalog)}};
}

}  // namespace

const Kind k_default_privilege = {
    .name = "default_privilege",
    .plural = "default privileges",
    .doc = "a privilege on what a role will create",
    .home = Kind::Home::schema,
    .asked_for = "privileges",
    .owner = "",
    .catalog_query = k_query,
    .presence_query = "SELECT FROM pg_catalog.pg_default_acl",
    .attributes = k_attributes,
    .without = "no error yet: permission denied for what is created from now on",
    .spelled_out = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
};

}  // namespace pgmend::kinds::default_privilege_room
