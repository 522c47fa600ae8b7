// SPDX-License-Identifier: MIT
#include "kinds/support/index_query.hpp"

namespace pgmend::kinds {

// "state": a concurrent build in progress also shows as invalid. The progress view hides other
// roles' builds from the unprivileged, the lock the builder holds on the table does not hide.
const std::string_view k_index_query = R"sql(
SELECT t.nspname AS schema,
       t.relname AS relation,
       i.relname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       i.indexrelid AS objid,
       0 AS objsubid,
       am.amname AS method,
       CASE WHEN i.indisunique THEN 'UNIQUE' END AS "unique",
       i.keys,
       i.include,
       CASE WHEN i.indnullsnotdistinct THEN 'NULLS NOT DISTINCT' END AS nulls_not_distinct, -- since 15
       -- before 15: NULL AS nulls_not_distinct,
       CASE WHEN i.reloptions IS NOT NULL
            THEN (SELECT pg_catalog.array_agg(o ORDER BY o)
                  FROM pg_catalog.unnest(i.reloptions) AS o) END AS options,
       CASE WHEN i.indpred IS NOT NULL THEN pg_catalog.pg_get_expr(i.indpred, i.indrelid)
       END AS predicate,
       CASE WHEN i.indisvalid AND i.indisready AND i.indislive THEN 'valid'
            WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index p
                         WHERE p.index_relid = i.indexrelid)
              OR EXISTS (SELECT 1 FROM pg_catalog.pg_locks l
                         WHERE l.locktype = 'relation' AND l.relation = i.indrelid AND l.granted
                           AND l.database = (SELECT oid FROM pg_catalog.pg_database
                                             WHERE datname = pg_catalog.current_database())
                           AND l.mode = 'ShareUpdateExclusiveLock'
                           AND l.pid <> pg_catalog.pg_backend_pid()
                           -- Autovacuum, which has no user, takes the same lock.
                           AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity a
                                           WHERE a.pid = l.pid AND a.usesysid IS NULL))
              THEN 'being built'
            ELSE 'invalid' END AS state,
       i.key_expressions,
       CASE i.relkind WHEN 'I' THEN 'partitioned' END AS partitioned,
       -- the partitions, from the top, of which no index is attached; one that would do may be there
       CASE WHEN i.relkind = 'I' AND NOT i.indisvalid THEN (
         WITH RECURSIVE tree (relid, parent, parent_index, index, attached, depth) AS (
           SELECT i.indrelid, NULL::oid, NULL::oid, i.indexrelid, true, 0
           UNION ALL
           SELECT h.inhrelid, tree.relid, tree.index, coalesce(a.indexrelid, e.indexrelid),
                  a.indexrelid IS NOT NULL, tree.depth + 1
           FROM tree
           JOIN pg_catalog.pg_inherits h ON h.inhparent = tree.relid
           LEFT JOIN LATERAL (
             SELECT x.indexrelid FROM pg_catalog.pg_index x
             JOIN pg_catalog.pg_inherits xh ON xh.inhrelid = x.indexrelid
             WHERE x.indrelid = h.inhrelid AND xh.inhparent = tree.index) AS a ON true
           LEFT JOIN LATERAL (
             SELECT x.indexrelid FROM pg_catalog.pg_index x
             JOIN pg_catalog.pg_class xc ON xc.oid = x.indexrelid
             WHERE x.indrelid = h.inhrelid AND NOT xc.relispartition AND xc.relam = i.relam
               AND x.indisunique = i.indisunique AND x.indnkeyatts = i.indnkeyatts
               AND x.indnullsnotdistinct = i.indnullsnotdistinct -- since 15
               AND x.indclass = i.indclass AND x.indcollation = i.indcollation
               AND x.indoption::int2[] = i.indoption::int2[]
               AND ARRAY(SELECT xa.attname
                         FROM pg_catalog.unnest(x.indkey::int2[]) WITH ORDINALITY AS u (attnum, n)
                         LEFT JOIN pg_catalog.pg_attribute xa
                           ON xa.attrelid = x.indrelid AND xa.attnum = u.attnum ORDER BY u.n)
                 = ARRAY(SELECT ia.attname
                         FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS u (attnum, n)
                         LEFT JOIN pg_catalog.pg_attribute ia
                           ON ia.attrelid = i.indrelid AND ia.attnum = u.attnum ORDER BY u.n)
               AND pg_catalog.pg_get_expr(x.indexprs, x.indrelid)
                   IS NOT DISTINCT FROM pg_catalog.pg_get_expr(i.indexprs, i.indrelid)
               AND pg_catalog.pg_get_expr(x.indpred, x.indrelid)
                   IS NOT DISTINCT FROM pg_catalog.pg_get_expr(i.indpred, i.indrelid)
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = x.indexrelid)
             ORDER BY x.indisvalid DESC, xc.relname LIMIT 1) AS e ON a.indexrelid IS NULL
         )
         SELECT pg_catalog.array_agg(
                  ARRAY[pn.nspname, p.relname, un.nspname, u.relname,
                        CASE p.relkind WHEN 'p' THEN 'partitioned' ELSE '' END,
                        coalesce(xn.nspname, ''), coalesce(x.relname, ''),
                        CASE WHEN xi.indisvalid THEN 'valid' ELSE '' END,
                        coalesce(vn.nspname, ''), coalesce(v.relname, '')]::text
                  ORDER BY tree.depth, pn.nspname, p.relname)
         FROM tree
         JOIN pg_catalog.pg_class p ON p.oid = tree.relid AND p.relkind IN ('r', 'p')
         JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
         JOIN pg_catalog.pg_class u ON u.oid = tree.parent
         JOIN pg_catalog.pg_namespace un ON un.oid = u.relnamespace
         LEFT JOIN pg_catalog.pg_class x ON x.oid = tree.index
         LEFT JOIN pg_catalog.pg_namespace xn ON xn.oid = x.relnamespace
         LEFT JOIN pg_catalog.pg_index xi ON xi.indexrelid = tree.index
         LEFT JOIN pg_catalog.pg_class v ON v.oid = tree.parent_index
         LEFT JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
         WHERE NOT tree.attached) END AS lacking
FROM (
  SELECT t.oid, t.relname, n.nspname
  FROM pg_catalog.pg_class t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  WHERE t.relkind IN ('r', 'p', 'm') AND t.relhasindex
    -- narrowed: AND t.oid = ANY ($1::oid[])
    AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                    WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                      AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                      AND e.objid = t.oid AND e.deptype = 'e') -- whole
  ORDER BY n.nspname, t.relname OFFSET 0) AS t
-- One relation after the other, each by index, and its columns once for all that is built on them.
-- Collations and operator classes are looked up where they are not what goes without saying.
CROSS JOIN LATERAL (
  SELECT pg_catalog.array_agg(pg_catalog.quote_ident(a.attname)) AS names,
         pg_catalog.array_agg(a.attcollation) AS collations
  FROM (SELECT a.attname, a.attcollation FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = t.oid AND a.attnum > 0 ORDER BY a.attnum) AS a OFFSET 0) AS a
CROSS JOIN LATERAL (
  SELECT i.*, c.relname, c.relkind, c.relam, c.reloptions, k.keys, k.key_expressions, k.include
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  CROSS JOIN LATERAL (
    SELECT pg_catalog.array_agg(e.key || e.collation || e.opclass || e.option)
             FILTER (WHERE e.attnum <= i.indnkeyatts) AS keys,
           pg_catalog.array_agg(e.key) FILTER (WHERE e.attnum <= i.indnkeyatts) AS key_expressions,
           pg_catalog.array_agg(e.key) FILTER (WHERE e.attnum > i.indnkeyatts) AS include
    FROM (
      SELECT ia.attnum,
             CASE WHEN i.indkey[ia.attnum - 1] = 0
                  THEN pg_catalog.pg_get_indexdef(i.indexrelid, ia.attnum::int, false)
                  ELSE a.names[i.indkey[ia.attnum - 1]] END AS key,
             CASE WHEN i.indcollation[ia.attnum - 1]
                       NOT IN (0, coalesce(a.collations[i.indkey[ia.attnum - 1]], 100))
                  THEN (SELECT ' COLLATE ' || pg_catalog.quote_ident(cn.nspname) || '.'
                               || pg_catalog.quote_ident(co.collname)
                        FROM pg_catalog.pg_collation co
                        JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
                        WHERE co.oid = i.indcollation[ia.attnum - 1]) ELSE '' END AS collation,
             CASE WHEN ia.attoptions IS NOT NULL OR i.indclass[ia.attnum - 1] IN (
                         SELECT oc.oid FROM pg_catalog.pg_opclass oc WHERE NOT oc.opcdefault)
                  THEN (SELECT ' ' || CASE WHEN ocn.nspname = 'pg_catalog' THEN ''
                                           ELSE pg_catalog.quote_ident(ocn.nspname) || '.' END
                               || pg_catalog.quote_ident(oc.opcname)
                               || coalesce('(' || pg_catalog.array_to_string(ia.attoptions, ', ')
                                           || ')', '')
                        FROM pg_catalog.pg_opclass oc
                        JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
                        WHERE oc.oid = i.indclass[ia.attnum - 1]) ELSE '' END AS opclass,
             CASE i.indoption[ia.attnum - 1] & 3
               WHEN 0 THEN '' WHEN 1 THEN ' DESC NULLS LAST' WHEN 2 THEN ' NULLS FIRST'
               ELSE ' DESC' END AS option
      FROM pg_catalog.pg_attribute ia
      WHERE ia.attrelid = i.indexrelid AND ia.attnum > 0
      ORDER BY ia.attnum) AS e
    OFFSET 0) AS k
  WHERE i.indrelid = t.oid
    AND NOT c.relispartition -- whole
    AND (i.indrelid, i.indexrelid) NOT IN ( -- whole
      SELECT o.conrelid, o.conindid FROM pg_catalog.pg_constraint o -- whole
      WHERE o.contype IN ('p', 'u', 'x')) -- whole
  OFFSET 0) AS i
CROSS JOIN LATERAL (SELECT am.amname FROM pg_catalog.pg_am am WHERE am.oid = i.relam OFFSET 0) AS am
ORDER BY t.nspname, t.relname, i.relname
)sql";

}  // namespace pgmend::kinds
