// SPDX-License-Identifier: MIT
// Owners (PostgreSQL documentation, ALTER ... OWNER TO) of all that has one, compared only when
// asked for. An owner has no name: it is called by what it owns, "table public.users", and has the
// address of that, so that it is set after that was made. Sequences of columns go with their table,
// indexes and constraints likewise.
//
// Locks: ALTER ... OWNER TO takes ACCESS EXCLUSIVE on a relation, and none for all else.
#include <fmt/format.h>

#include <array>

#include "kinds/kinds.hpp"
#include "kinds/support/ddl.hpp"
#include "kinds/support/judge.hpp"
#include "kinds/support/role.hpp"
#include "util/sql.hpp"

namespace pgmend::kinds::owner_room {

namespace {

constexpr std::string_view k_query = R"sql(
SELECT coalesce(n.nspname, '') AS schema,
       '' AS relation,
       i.type || ' ' || i.identity AS name,
       o.classid,
       o.objid,
       0 AS objsubid,
       pg_catalog.pg_get_userbyid(o.owner) AS owner,
       i.type AS type,
       i.identity AS identity
FROM (
  SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid, c.oid AS objid,
         c.relowner AS owner, c.relnamespace AS namespace
  FROM pg_catalog.pg_class c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
     OR c.relkind = 'S' AND NOT EXISTS (
          SELECT 1 FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
            AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.deptype IN ('a', 'i'))
  UNION ALL
  SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, p.proowner, p.pronamespace
  FROM pg_catalog.pg_proc p
  UNION ALL
  SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, t.typowner, t.typnamespace
  FROM pg_catalog.pg_type t
  LEFT JOIN pg_catalog.pg_class r ON r.oid = t.typrelid
  WHERE (t.typtype IN ('b', 'd', 'e', 'r') OR t.typtype = 'c' AND r.relkind = 'c')
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.typarray = t.oid)
  UNION ALL
  SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, s.oid, s.nspowner, s.oid
  FROM pg_catalog.pg_namespace s
  UNION ALL
  SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid, s.stxowner, s.stxnamespace
  FROM pg_catalog.pg_statistic_ext s
  UNION ALL
  SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, s.oid, s.oprowner, s.oprnamespace
  FROM pg_catalog.pg_operator s
  UNION ALL
  SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, s.oid, s.opcowner, s.opcnamespace
  FROM pg_catalog.pg_opclass s
  UNION ALL
  SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, s.oid, s.opfowner, s.opfnamespace
  FROM pg_catalog.pg_opfamily s
  UNION ALL
  SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, s.oid, s.collowner, s.collnamespace
  FROM pg_catalog.pg_collation s
  UNION ALL
  SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, s.oid, s.conowner, s.connamespace
  FROM pg_catalog.pg_conversion s
  UNION ALL
  SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, s.oid, s.cfgowner, s.cfgnamespace
  FROM pg_catalog.pg_ts_config s
  UNION ALL
  SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, s.oid, s.dictowner, s.dictnamespace
  FROM pg_catalog.pg_ts_dict s
  UNION ALL
  SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, s.oid, s.lanowner, 0
  FROM pg_catalog.pg_language s
  UNION ALL
  SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, s.oid, s.fdwowner, 0
  FROM pg_catalog.pg_foreign_data_wrapper s
  UNION ALL
  SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, s.oid, s.srvowner, 0
  FROM pg_catalog.pg_foreign_server s
  UNION ALL
  SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, s.oid, s.evtowner, 0
  FROM pg_catalog.pg_event_trigger s
  UNION ALL
  SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, s.oid, s.pubowner, 0
  FROM pg_catalog.pg_publication s
) AS o
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.namespace
CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.objid, 0) AS i
WHERE o.objid >= 16384 -- below are those of the server itself
  -- narrowed: AND o.namespace = ANY ($1::oid[])
  AND coalesce(n.nspname, '') NOT LIKE 'pg\_%' -- whole
  AND coalesce(n.nspname, '') <> 'information_schema' -- whole
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = o.classid AND e.objid = o.objid AND e.deptype = 'e')
ORDER BY 1, 3
)sql";

constexpr std::array k_attributes = {
    Attribute{.name = "owner",
              .doc = "the role that owns it. Migrations that run as the expected owner fail with: "
                     "must be owner",
              .judge = judge_alter,
              .verbatim = true},
    Attribute{.name = "type", .doc = "what is owned", .form = Attribute::Form::directive},
    Attribute{
        .name = "identity", .doc = "the name of what is owned", .form = Attribute::Form::directive},
};

/// What ALTER calls the object, in the words of pg_identify_object.
std::string target_sql(const Object& owner) {
  const auto& type = owner.text("type");
  const auto& identity = owner.text("identity");
  if (type == "statistics object") return "STATISTICS " + identity;
  if (type == "foreign-data wrapper") return "FOREIGN DATA WRAPPER " + identity;
  if (type == "aggregate") return "ROUTINE " + identity;
  return fmt::format("{} {}", type, identity);
}

std::string statement(const Object& owner, std::span<const std::string>) {
  return fmt::format("ALTER {} OWNER TO {}", target_sql(owner), role_sql(owner.text("owner")));
}

Recipe set(const Object& owner) {
  const auto& type = owner.text("type");
  const bool is_relation = type.ends_with("table") || type.ends_with("view") || type == "sequence";
  return {
      .stages = {role_exists(owner.text("owner")),
                 in_transaction({statement(owner, {})},
                                is_relation ? Lock::access_exclusive : Lock::none, Cost::catalog)}};
}

Recipe create(const Object& owner, std::span<const std::string>, const Facts&) {
  return set(owner);
}

Recipe mend(const Object& expected, const Object&, std::string_view, const Facts&) {
  return set(expected);
}

/// Nothing is without an owner: it is as extra as what it owns.
Judgement judge_extra(const Object&) {
  return {.sort = Sort::extra,
          .consent = Consent::never,
          .weight = Weight::information,
          .reason = "what it owns is not expected"};
}

}  // namespace

const Kind k_owner = {
    .name = "owner",
    .plural = "owners",
    .doc = "the owner of an object",
    .home = Kind::Home::schema,
    .asked_for = "owners",
    .owner = "",
    .catalog_query = k_query,
    .attributes = k_attributes,
    .judge_extra = judge_extra,
    .spelled_out = true,
    .describes = true,
    .statement = statement,
    .create = create,
    .mend = mend,
};

}  // namespace pgmend::kinds::owner_room
