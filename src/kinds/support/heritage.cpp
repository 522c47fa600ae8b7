// SPDX-License-Identifier: MIT
#include "kinds/support/heritage.hpp"

namespace pgmend::kinds {

const std::string_view k_heritage_query = R"sql(
WITH here AS (
  SELECT c.oid, c.relowner, c.relacl, c.relkind,
         CASE WHEN c.relkind = 'S' THEN 'S' ELSE 'r' END AS objtype,
         c.relkind::text = ANY ($3::text[]) AS is_sibling
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = $1
  WHERE (c.relkind::text = ANY ($3::text[]) OR (c.relkind = 'S' AND 'r' = ANY ($3::text[])))
    AND NOT c.relispartition
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid = c.oid AND e.deptype = 'e')
), granted AS (
  SELECT h.is_sibling, a.grantee, a.privilege_type, a.is_grantable,
         pg_catalog.count(DISTINCT h.oid) AS number
  FROM here h
  CROSS JOIN LATERAL pg_catalog.aclexplode(
    coalesce(h.relacl, pg_catalog.acldefault(h.objtype::"char", h.relowner))) AS a
  WHERE a.grantee <> h.relowner
  GROUP BY h.is_sibling, a.grantee, a.privilege_type, a.is_grantable
), common AS (
  SELECT g.is_sibling,
         pg_catalog.string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type) AS rights,
         CASE WHEN g.grantee = 0 THEN 'PUBLIC'
              ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END
           || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END AS receiver
  FROM granted g
  WHERE g.number = (SELECT pg_catalog.count(*) FROM here h WHERE h.is_sibling = g.is_sibling)
  GROUP BY g.is_sibling, g.grantee, g.is_grantable
), owner AS (
  SELECT pg_catalog.min(h.relowner::bigint)::oid AS oid
  FROM here h WHERE h.is_sibling
  HAVING pg_catalog.count(DISTINCT h.relowner) = 1
)
SELECT about, statement FROM (
  SELECT 1 AS place, 'privileges' AS about,
         pg_catalog.format('GRANT %s ON %s%I.%I TO %s', rights,
                           CASE WHEN 'S' = ANY ($3::text[]) THEN 'SEQUENCE ' ELSE '' END,
                           $1::text, $2::text, receiver) AS statement
  FROM common WHERE is_sibling
  UNION ALL
  SELECT 2, 'privileges',
         pg_catalog.format($do$DO $grant$
DECLARE
  sequence pg_catalog.regclass;
BEGIN
  FOR sequence IN SELECT d.objid::pg_catalog.regclass FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i')
      AND d.refobjid = %L::pg_catalog.regclass LOOP
    EXECUTE 'GRANT %s ON SEQUENCE ' || sequence || %L;
  END LOOP;
END $grant$$do$, pg_catalog.format('%I.%I', $1::text, $2::text), rights, ' TO ' || receiver)
  FROM common WHERE NOT is_sibling
  UNION ALL
  SELECT 3, 'owners',
         pg_catalog.format('ALTER %s %I.%I OWNER TO %I',
                           CASE WHEN 'S' = ANY ($3::text[]) THEN 'SEQUENCE'
                                WHEN 'v' = ANY ($3::text[]) THEN 'VIEW'
                                WHEN 'm' = ANY ($3::text[]) THEN 'MATERIALIZED VIEW'
                                ELSE 'TABLE' END,
                           $1::text, $2::text, pg_catalog.pg_get_userbyid(owner.oid))
  FROM owner
  WHERE pg_catalog.pg_get_userbyid(owner.oid) <> current_user
    AND pg_catalog.pg_has_role(owner.oid, 'USAGE')
    AND pg_catalog.has_schema_privilege(owner.oid, $1, 'CREATE')
) AS all_of_it
ORDER BY place, statement
)sql";

}  // namespace pgmend::kinds
