// SPDX-License-Identifier: MIT
// Privileges (PostgreSQL documentation, section 5.7, and "aclitem Functions" in 9.26), compared
// only when asked for: one object for each privilege on one object to one role. No list at all
// means the default, which acldefault() spells out. What an owner may do with its own is not
// compared, so that databases of different owners can be. Of what the server and extensions come
// with, only what differs from what they granted (pg_init_privs) is an object: more, or less.
//
// Locks: GRANT and REVOKE take none that others wait for. Since 18 they take ACCESS SHARE on a
// table themselves, and so wait for ACCESS EXCLUSIVE.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/role.hpp"
#include "kinds/support/routine.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::grant_room {

namespace {

// The schema public is the server's own, and the one whose privileges matter most.
constexpr std::string_view k_query = R"sql(
WITH member AS (
  SELECT e.classid, e.objid, x.extname
  FROM pg_catalog.pg_depend e
  JOIN pg_catalog.pg_extension x ON x.oid = e.refobjid
  WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND e.deptype = 'e'
),
-- What privileges can be on. Not `is_usual`: read only where it came with something.
holder AS NOT MATERIALIZED (
  SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid, c.oid AS objid,
         0 AS objsubid, c.relowner AS owner, c.relnamespace AS namespace,
         CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS word,
         CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS form, c.relacl AS acl, c.relname,
         NULL::name AS attname, true AS is_usual
  FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL
  SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, t.attnum, c.relowner,
         c.relnamespace, '', 'c', t.attacl, c.relname, t.attname, true
  FROM pg_catalog.pg_attribute t JOIN pg_catalog.pg_class c ON c.oid = t.attrelid
  WHERE t.attacl IS NOT NULL AND NOT t.attisdropped
  UNION ALL
  SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, 0, p.proowner, p.pronamespace,
         'ROUTINE', 'f', p.proacl, NULL, NULL, true
  FROM pg_catalog.pg_proc p
  UNION ALL
  SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, t.typowner, t.typnamespace,
         'TYPE', 'T', t.typacl, NULL, NULL,
         (t.typtype IN ('b', 'd', 'e', 'r') OR t.typtype = 'c' AND r.relkind = 'c')
         AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
  FROM pg_catalog.pg_type t
  LEFT JOIN pg_catalog.pg_class r ON r.oid = t.typrelid
  UNION ALL
  SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, s.oid, 0, s.nspowner, s.oid, 'SCHEMA',
         'n', s.nspacl, NULL, NULL, true
  FROM pg_catalog.pg_namespace s
  UNION ALL
  SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid, 0, l.lanowner, 0, 'LANGUAGE',
         'l', l.lanacl, NULL, NULL, l.lanpltrusted -- of the others nothing can be granted
  FROM pg_catalog.pg_language l
  UNION ALL
  SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, 0, w.fdwowner, 0,
         'FOREIGN DATA WRAPPER', 'F', w.fdwacl, NULL, NULL, true
  FROM pg_catalog.pg_foreign_data_wrapper w
  UNION ALL
  SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, s.oid, 0, s.srvowner, 0,
         'FOREIGN SERVER', 'S', s.srvacl, NULL, NULL, true
  FROM pg_catalog.pg_foreign_server s
)
SELECT coalesce(n.nspname, '') AS schema,
       '' AS relation,
       i.type || ' ' || i.identity || ' ' || o.privilege
         || CASE WHEN o.revoked THEN ' not to ' ELSE ' to ' END
         || CASE o.role WHEN 'PUBLIC' THEN o.role ELSE pg_catalog.quote_ident(o.role) END AS name,
       o.classid,
       o.objid,
       o.objsubid,
       CASE WHEN o.grantable THEN 'WITH GRANT OPTION' END AS grant_option,
       CASE WHEN o.objsubid <> 0
            THEN 'TABLE ' || pg_catalog.quote_ident(n.nspname) || '.'
                          || pg_catalog.quote_ident(o.relname)
            ELSE o.word || ' ' || i.identity END AS target,
       o.privilege || CASE WHEN o.objsubid <> 0
                           THEN ' (' || pg_catalog.quote_ident(o.attname) || ')' ELSE '' END
         AS privilege,
       o.role AS role,
       CASE WHEN o.revoked THEN 'REVOKED' END AS revoked,
       o.comes_with AS comes_with
FROM (
  SELECT g.classid, g.objid, g.objsubid, g.namespace, g.word, g.relname, g.attname, g.privilege,
         g.role, g.grantable, false AS revoked, NULL AS comes_with
  FROM (
    SELECT a.classid, a.objid, a.objsubid, a.namespace, a.word, a.relname, a.attname,
           x.privilege_type AS privilege,
           CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(x.grantee)
           END AS role,
           pg_catalog.bool_or(x.is_grantable) AS grantable
    FROM holder a
    CROSS JOIN LATERAL pg_catalog.aclexplode(
      coalesce(a.acl, pg_catalog.acldefault(a.form::"char", a.owner))) AS x
    WHERE a.is_usual AND x.grantee <> a.owner
      AND (a.objid >= 16384 OR a.objid = pg_catalog.to_regnamespace('public') AND a.word = 'SCHEMA')
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ) AS g
  WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                    WHERE e.classid = g.classid AND e.objid = g.objid AND e.deptype = 'e')
  UNION ALL
  SELECT g.classid, g.objid, g.objsubid, g.namespace, g.word, g.relname, g.attname,
         x.privilege_type,
         CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(x.grantee) END,
         x.grantable, x.revoked, g.comes_with
  FROM (
    SELECT a.*,
           coalesce(i.initprivs, pg_catalog.acldefault(a.form::"char", a.owner)) AS initial,
           CASE WHEN a.objid < 16384 THEN 'server'
                ELSE 'extension ' || pg_catalog.quote_ident(m.extname) END AS comes_with
    FROM holder a
    LEFT JOIN member m ON m.classid = a.classid AND m.objid = a.objid
    LEFT JOIN pg_catalog.pg_init_privs i
      ON i.classoid = a.classid AND i.objoid = a.objid AND i.objsubid = a.objsubid
    WHERE a.acl IS NOT NULL AND (a.objid < 16384 OR m.objid IS NOT NULL)
      AND (a.word = 'SCHEMA' AND a.objid = pg_catalog.to_regnamespace('public')) IS NOT TRUE
      AND a.acl IS DISTINCT FROM i.initprivs
  ) AS g
  CROSS JOIN LATERAL (
    SELECT n.grantee, n.privilege_type, pg_catalog.bool_or(n.is_grantable) AS grantable,
           false AS revoked
    FROM pg_catalog.aclexplode(g.acl) AS n
    WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.aclexplode(g.initial) AS b
                      WHERE b.grantee = n.grantee AND b.privilege_type = n.privilege_type)
    GROUP BY 1, 2
    UNION
    SELECT b.grantee, b.privilege_type, false, true
    FROM pg_catalog.aclexplode(g.initial) AS b
    WHERE b.grantee <> b.grantor
      AND (b.grantee = 0 OR EXISTS (SELECT 1 FROM pg_catalog.pg_roles r WHERE r.oid = b.grantee))
      AND NOT EXISTS (SELECT 1 FROM pg_catalog.aclexplode(g.acl) AS n
                      WHERE b.grantee = n.grantee AND b.privilege_type = n.privilege_type)
  ) AS x
  WHERE x.grantee <> g.owner
) AS o
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.namespace
CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.objid, o.objsubid) AS i
WHERE true
  -- narrowed: AND o.namespace = ANY ($1::oid[])
  AND (o.comes_with IS NOT NULL OR coalesce(n.nspname, '') NOT LIKE 'pg\_%') -- whole
  AND coalesce(n.nspname, '') <> 'information_schema' -- of which initdb notes no privileges
ORDER BY 1, 3
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "grant_option",
              .doc = "whether the role may grant it to others. The role cannot pass the privilege "
                     "on, or can where it should not",
              .judge = judge_part,
              .values = "WITH GRANT OPTION"},
    Attribute{.name = "target", .doc = "what it is on", .form = Attribute::Form::directive},
    Attribute{.name = "privilege", .doc = "what it allows", .form = Attribute::Form::directive},
    Attribute{.name = "role", .doc = "whom it allows that", .form = Attribute::Form::directive},
    Attribute{.name = "revoked",
              .doc = "whether a privilege that the server or an extension came with is taken away",
              .form = Attribute::Form::directive,
              .values = "REVOKED"},
    Attribute{.name = "comes_with",
              .doc = "what it is on came with, if that is not the database's own",
              .form = Attribute::Form::directive,
              .marks_newly_read = true},
};

/// What the server or an extension allows is neither taken away nor given back unasked.
Judgement judge_missing(const Object& expected) {
  return {.sort = Sort::missing,
          .consent = expected.has("revoked") ? Consent::alter : Consent::add};
}

Judgement judge_extra(const Object& actual) {
  if (actual.has("revoked"))
    return {.sort = Sort::extra,
            .consent = Consent::alter,
            .reason = "a privilege that is there from the start was taken away"};
  return {.sort = Sort::extra,
          .consent = Consent::drop,
          .weight = Weight::information,
          .reason = "it is not expected"};
}

std::string give(const Object& grant) {
  return fmt::format("GRANT {} ON {} TO {}{}", grant.text("privilege"), grant.text("target"),
                     role_sql(grant.text("role")),
                     grant.has("grant_option") ? " WITH GRANT OPTION" : "");
}

std::string revoke(const Object& grant, std::string_view what = {}) {
  return fmt::format("REVOKE {}{} ON {} FROM {}", what, grant.text("privilege"),
                     grant.text("target"), role_sql(grant.text("role")));
}

std::string statement(const Object& grant, std::span<const std::string>) {
  return grant.has("revoked") ? revoke(grant) : give(grant);
}

/// Nobody locks the server's own catalogs against readers.
Lock lock_on(const Object& grant) {
  const bool is_catalog = grant.has("comes_with") && grant.text("comes_with") == "server";
  return grant.text("target").starts_with("TABLE ") && !is_catalog ? Lock::access_share
                                                                   : Lock::none;
}

Lock lock_on(const Object& grant, const Facts& facts) {
  return facts.server_version < 180000 ? Lock::none : lock_on(grant);
}

Recipe create(const Object& grant, std::span<const std::string> elements, const Facts& facts) {
  Recipe recipe = {.stages = privilege_exists(grant.text("privilege"))};
  recipe.stages.push_back(role_exists(grant.text("role")));
  recipe.stages.push_back(
      in_transaction({statement(grant, elements)}, lock_on(grant, facts), Cost::catalog));
  return recipe;
}

Recipe mend(const Object& expected, const Object& actual, std::string_view, const Facts& facts) {
  if (expected.has("grant_option")) return create(expected, {}, facts);
  return {.stages = {in_transaction({revoke(actual, "GRANT OPTION FOR ")}, lock_on(actual, facts),
                                    Cost::catalog)}};
}

/// Which server it is, nobody says here: the lock is that of the newest.
Recipe drop(const Object& grant) {
  return {.stages = {in_transaction({grant.has("revoked") ? give(grant) : revoke(grant)},
                                    lock_on(grant), Cost::catalog)}};
}

/// The object and, of a table, the sequences of its columns: oid, owner, list of privileges, the
/// catalog, and what GRANT calls such an object. Empty: nobody is given anything when it is made.
std::string new_objects(const Object& object) {
  const auto is = [&](std::initializer_list<const Kind*> kinds) {
    return std::find(kinds.begin(), kinds.end(), object.kind) != kinds.end();
  };
  if (is({&k_function, &k_aggregate}))
    return fmt::format(
        "SELECT p.oid, p.proowner AS owner, p.proacl AS acl, 'f' AS form, 'ROUTINE' AS word,\n"
        "           'pg_catalog.pg_proc'::pg_catalog.regclass AS catalog\n"
        "    FROM pg_catalog.pg_proc p WHERE p.oid = {}::pg_catalog.regprocedure",
        // By the types: the signature of an aggregate without any is (*), which regprocedure
        // refuses.
        sql::quote_literal(fmt::format("{}({})", routine_name(object), object.text("types"))));
  if (is({&k_enum, &k_domain, &k_composite_type, &k_range_type}))
    return fmt::format(
        "SELECT t.oid, t.typowner AS owner, t.typacl AS acl, 'T' AS form, 'TYPE' AS word,\n"
        "           'pg_catalog.pg_type'::pg_catalog.regclass AS catalog\n"
        "    FROM pg_catalog.pg_type t WHERE t.oid = {}::pg_catalog.regtype",
        sql::quote_literal(own_sql(object)));
  if (is({&k_schema}))
    return fmt::format(
        "SELECT n.oid, n.nspowner AS owner, n.nspacl AS acl, 'n' AS form, 'SCHEMA' AS word,\n"
        "           'pg_catalog.pg_namespace'::pg_catalog.regclass AS catalog\n"
        "    FROM pg_catalog.pg_namespace n WHERE n.nspname = {}",
        sql::quote_literal(object.name.name));
  if (!is({&k_table, &k_view, &k_materialized_view, &k_sequence})) return {};
  return fmt::format(
      "SELECT c.oid, c.relowner AS owner, c.relacl AS acl,\n"
      "           CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS form,\n"
      "           CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS word,\n"
      "           'pg_catalog.pg_class'::pg_catalog.regclass AS catalog\n"
      "    FROM pg_catalog.pg_class c\n"
      "    WHERE c.oid = {0}::pg_catalog.regclass OR c.relkind = 'S' AND c.oid IN (\n"
      "      SELECT d.objid FROM pg_catalog.pg_depend d\n"
      "      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass\n"
      "        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass\n"
      "        AND d.refobjid = {0}::pg_catalog.regclass AND d.deptype IN ('a', 'i'))",
      sql::quote_literal(own_sql(object)));
}

/// Everybody may use new routines and types (PostgreSQL documentation, section 5.7, table 5.2), and
/// default privileges may give more. What was not said is taken back before anybody can use it.
std::vector<Stage> strip(const Object& object, std::span<const Object* const> said) {
  const auto objects = new_objects(object);
  if (objects.empty()) return {};
  std::vector<std::string> kept;
  for (const auto* grant : said)
    if (grant->kind == &k_grant)
      kept.push_back(fmt::format("{} {} {}", grant->text("target"), grant->text("privilege"),
                                 grant->text("role")));
  const auto block = fmt::format(R"(
DECLARE
  surplus record;
BEGIN
  FOR surplus IN
    SELECT o.word || ' ' || i.identity AS target, a.privilege_type AS privilege,
           CASE a.grantee WHEN 0 THEN 'PUBLIC'
                          ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END AS role
    FROM ({}) AS o
    CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.catalog, o.oid, 0) AS i
    CROSS JOIN LATERAL pg_catalog.aclexplode(
      coalesce(o.acl, pg_catalog.acldefault(o.form::"char", o.owner))) AS a
    WHERE a.grantee <> o.owner
  LOOP
    CONTINUE WHEN surplus.target || ' ' || surplus.privilege || ' ' || surplus.role
      = ANY ({}::text[]);
    EXECUTE pg_catalog.format('REVOKE %s ON %s FROM ', surplus.privilege, surplus.target)
      || CASE surplus.role WHEN 'PUBLIC' THEN 'PUBLIC'
                           ELSE pg_catalog.quote_ident(surplus.role) END;
  END LOOP;
END
)",
                                 objects, sql::quote_literal(sql::format_array(kept)));
  return {in_transaction({"DO " + sql::dollar_quote(block)}, Lock::none, Cost::catalog)};
}

}  // namespace

const Kind k_grant = {
    .name = "grant",
    .plural = "grants",
    .doc = "a privilege on an object",
    .home = Kind::Home::schema,
    .asked_for = "privileges",
    .owner = "",
    .catalog_query = k_query,
    .attributes = k_attributes,
    .without = "permission denied",
    .judge_missing = judge_missing,
    .judge_extra = judge_extra,
    .spelled_out = true,
    .describes = true,
    .statement = statement,
    .create = create,
    .mend = mend,
    .drop = drop,
    .strip = strip,
};

}  // namespace pgmend::kinds::grant_room
