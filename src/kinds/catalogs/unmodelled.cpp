// SPDX-License-Identifier: MIT
// What a database may hold beyond the kinds that are compared. Objects of extensions and of the
// server itself (oid below 16384) are left out.
#include "kinds/kinds.hpp"

namespace pgmend::kinds {

// User mappings and subscriptions hold secrets: that they are there is all that is said of them.
const std::string_view k_unmodelled_query = R"sql(
SELECT CASE WHEN pg_catalog.count(*) = 1 THEN found.one ELSE found.many END AS what,
       pg_catalog.count(*) AS count
FROM (
  SELECT 'base type' AS one, 'base types' AS many,
         'pg_catalog.pg_type'::pg_catalog.regclass AS classid, t.oid AS objid
  FROM pg_catalog.pg_type t WHERE t.typtype = 'b' AND t.typelem = 0
  UNION ALL
  SELECT 'default privilege', 'default privileges',
         'pg_catalog.pg_default_acl'::pg_catalog.regclass, a.oid
  FROM pg_catalog.pg_default_acl a
  UNION ALL
  SELECT 'user mapping', 'user mappings', 'pg_catalog.pg_user_mapping'::pg_catalog.regclass, m.umid
  FROM pg_catalog.pg_user_mappings m
  UNION ALL
  SELECT 'subscription', 'subscriptions', 'pg_catalog.pg_subscription'::pg_catalog.regclass,
         16384 -- not all may read its oid
  FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
  WHERE d.datname = pg_catalog.current_database()
  UNION ALL
  SELECT 'relation in a tablespace of its own', 'relations in a tablespace of their own',
         'pg_catalog.pg_class'::pg_catalog.regclass, c.oid
  FROM pg_catalog.pg_class c
  WHERE c.reltablespace <> 0 AND c.relkind IN ('r', 'p', 'm', 'i', 'I')
    AND EXISTS (SELECT FROM pg_catalog.pg_tablespace s WHERE s.oid >= 16384)
  UNION ALL
  SELECT 'security label', 'security labels', l.classoid, l.objoid
  FROM pg_catalog.pg_seclabel l
  UNION ALL -- DEPENDS ON EXTENSION
  SELECT 'dependence on an extension', 'dependences on an extension', x.classid, x.objid
  FROM pg_catalog.pg_depend x
  WHERE x.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND x.deptype = 'x'
) AS found
WHERE found.objid >= 16384
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = found.classid::oid AND e.objid = found.objid
                    AND e.deptype = 'e')
GROUP BY found.one, found.many
ORDER BY found.many
)sql";

}  // namespace pgmend::kinds
