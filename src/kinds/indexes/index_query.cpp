// SPDX-License-Identifier: MIT
#include "kinds/indexes/index_query.hpp"

#include "kinds/support/partition_tree.hpp"
#include "util/joined.hpp"

namespace pgmend::kinds {

namespace {

// "state": a concurrent build in progress also shows as invalid. The progress view hides other
// roles' builds from the unprivileged, the lock the builder holds on the table does not hide.
constexpr std::string_view k_before_lacking = R"sql(
SELECT t.nspname AS schema,
       t.relname AS relation,
       i.relname AS name,
       'pg_catalog.pg_class'::pg_catalog.regclass::oid AS classid,
       i.indexrelid AS objid,
       0 AS objsubid,
       CASE i.relam WHEN 403 THEN 'btree'
            ELSE (SELECT am.amname FROM pg_catalog.pg_am am WHERE am.oid = i.relam) END AS method,
       CASE WHEN i.indisunique THEN 'UNIQUE' END AS "unique",
       coalesce(e.keys, e.key_expressions, e.parts[1]) AS keys,
       e.parts[3] AS include,
       CASE WHEN i.indnullsnotdistinct THEN 'NULLS NOT DISTINCT' END AS nulls_not_distinct, -- since 15
       -- before 15: NULL AS nulls_not_distinct,
       CASE WHEN i.reloptions IS NOT NULL
            THEN (SELECT pg_catalog.array_agg(o ORDER BY o)
                  FROM pg_catalog.unnest(i.reloptions) AS o) END AS options,
       p.text AS predicate,
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
       CASE WHEN i.indexprs IS NULL THEN NULL -- only expressions have any
            WHEN i.indnatts = 1 THEN (
         SELECT ARRAY['1 SET STATISTICS ' || a.attstattarget]
         FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = i.indexrelid AND a.attnum = 1 AND a.attstattarget >= 0)
            ELSE (
         SELECT pg_catalog.array_agg(a.attnum || ' SET STATISTICS ' || a.attstattarget
                                     ORDER BY a.attnum)
         FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0) END AS statistics,
       coalesce(e.key_expressions, e.parts[2]) AS key_expressions,
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
             WHERE x.indrelid = h.inhrelid AND NOT xc.relispartition AND xc.relam = i.relam)sql";

constexpr std::string_view k_behind_lacking =
    R"sql(               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conindid = x.indexrelid)
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
-- The server opens the table of each expression that it prints, which takes longer than all else.
-- Where two tables have columns of the same names in the same places, the same expression is printed
-- in the same way, but for whole rows (attribute 0): so it is asked of one table for all alike.
FROM (
  SELECT t.*, pg_catalog.min(t.oid) OVER (PARTITION BY t.names) AS alike
  FROM (
  SELECT t.oid, t.relname, n.nspname, a.names, a.has_usual_collations
  FROM pg_catalog.pg_class t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  -- Once for all that is built on them.
  CROSS JOIN LATERAL (
    SELECT pg_catalog.array_agg(a.attname::text) AS names,
           pg_catalog.bool_and(a.attcollation IN (0, 100)) AS has_usual_collations -- none, default
    FROM (SELECT a.attname, a.attcollation FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = t.oid AND a.attnum > 0 ORDER BY a.attnum) AS a OFFSET 0) AS a
  WHERE t.relkind IN ('r', 'p', 'm') AND t.relhasindex
    -- narrowed: AND t.oid = ANY ($1::oid[])
    AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' -- whole
    AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e -- whole
                    WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass -- whole
                      AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass -- whole
                      AND e.objid = t.oid AND e.deptype = 'e') -- whole
  OFFSET 0) AS t
  ORDER BY t.nspname, t.relname OFFSET 0) AS t
-- One relation after the other, each by index.
CROSS JOIN LATERAL (
  SELECT i.*, c.relname, c.relkind, c.relam, c.reloptions,
         CASE WHEN i.indpred::text LIKE '%:varattno 0 %' THEN i.indrelid
              WHEN i.indpred IS NOT NULL THEN t.alike END AS predicate_printed_for,
         CASE WHEN i.indexprs::text LIKE '%:varattno 0 %' THEN i.indexrelid
              WHEN i.indexprs IS NOT NULL THEN coalesce(
                (SELECT x.indexrelid FROM pg_catalog.pg_index x
                 WHERE x.indrelid = t.alike AND x.indexprs::text = i.indexprs::text
                   AND x.indkey::int2[] = i.indkey::int2[] LIMIT 1), i.indexrelid)
         END AS keys_printed_for,
         i.indnatts <= 3 AND i.indnatts = i.indnkeyatts
           AND (i.indexprs IS NULL OR i.indnatts = 1)
           AND t.has_usual_collations AND i.indcollation::oid[] <@ '{0,100}'::oid[]
           AND i.indclass::oid[] <@ ARRAY(
                 SELECT oc.oid FROM pg_catalog.pg_opclass oc
                 WHERE oc.opcmethod = 403 AND oc.opcdefault AND NOT EXISTS (
                   SELECT FROM pg_catalog.pg_amproc p -- that takes parameters
                   WHERE p.amprocfamily = oc.opcfamily AND p.amprocnum = 5)
                 -- integer, bigint, text, timestamps, uuid and date are most of them
                 ORDER BY oc.opcintype NOT IN (23, 20, 25, 1184, 1114, 2950, 1082)) AS is_plain,
         0 = ALL (i.indoption::int2[]) AS is_ascending
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = t.oid
    AND (NOT c.relispartition -- whole
         OR i.indrelid IN ( -- those that are about to be partitions no more -- whole -- since 14
           SELECT h.inhrelid FROM pg_catalog.pg_inherits h -- whole -- since 14
           WHERE h.inhdetachpending) -- whole -- since 14
        ) -- whole
    AND (i.indrelid, i.indexrelid) NOT IN ( -- whole
      SELECT o.conrelid, o.conindid FROM pg_catalog.pg_constraint o -- whole
      WHERE o.contype IN ('p', 'u', 'x')) -- whole
  OFFSET 0) AS i
-- By themselves, so that the server remembers them for all that are alike.
CROSS JOIN LATERAL (
  SELECT pg_catalog.pg_get_expr(i.indpred, i.predicate_printed_for) AS text OFFSET 0) AS p
CROSS JOIN LATERAL (
  SELECT pg_catalog.pg_get_indexdef(i.keys_printed_for, 1, false) AS key OFFSET 0) AS first
-- Most are on a few columns, or one expression, and have no more that would have to be spelled out
-- than an order: for these the names are all there is to look up. All else is put together from the
-- columns of the index.
CROSS JOIN LATERAL (
  SELECT CASE WHEN NOT i.is_plain THEN NULL WHEN i.indnatts = 1 THEN ARRAY[k.one]
              WHEN i.indnatts = 2 THEN ARRAY[k.one, k.two]
              ELSE ARRAY[k.one, k.two, k.three] END::text AS key_expressions,
         CASE WHEN NOT i.is_plain OR i.is_ascending THEN NULL
              WHEN i.indnatts = 1 THEN ARRAY[k.one || o.orders[1 + i.indoption[0]]]
              WHEN i.indnatts = 2 THEN ARRAY[k.one || o.orders[1 + i.indoption[0]],
                                             k.two || o.orders[1 + i.indoption[1]]]
              ELSE ARRAY[k.one || o.orders[1 + i.indoption[0]],
                         k.two || o.orders[1 + i.indoption[1]],
                         k.three || o.orders[1 + i.indoption[2]]] END::text AS keys,
         CASE WHEN NOT i.is_plain THEN (
    SELECT ARRAY[
             pg_catalog.array_agg(e.key || e.collation || e.opclass || e.option)
               FILTER (WHERE e.attnum <= i.indnkeyatts)::text,
             pg_catalog.array_agg(e.key) FILTER (WHERE e.attnum <= i.indnkeyatts)::text,
             pg_catalog.array_agg(e.key) FILTER (WHERE e.attnum > i.indnkeyatts)::text]
    FROM (
      SELECT ia.attnum,
             CASE WHEN i.indkey[ia.attnum - 1] = 0
                  THEN pg_catalog.pg_get_indexdef(i.keys_printed_for, ia.attnum::int, false)
                  ELSE pg_catalog.quote_ident(t.names[i.indkey[ia.attnum - 1]]) END AS key,
             -- Collations and operator classes: where they are not what goes without saying.
             CASE WHEN i.indcollation[ia.attnum - 1] NOT IN (0, coalesce(
                         (SELECT ka.attcollation FROM pg_catalog.pg_attribute ka
                          WHERE ka.attrelid = t.oid AND ka.attnum = i.indkey[ia.attnum - 1]), 100))
                  THEN (SELECT ' COLLATE ' || pg_catalog.quote_ident(cn.nspname) || '.'
                               || pg_catalog.quote_ident(co.collname)
                        FROM pg_catalog.pg_collation co
                        JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
                        WHERE co.oid = i.indcollation[ia.attnum - 1]) ELSE '' END AS collation,
             -- In GiST, that of inet and cidr is another one from 19 on: there it always says so.
             CASE WHEN ia.attoptions IS NOT NULL OR i.indclass[ia.attnum - 1] IN (
                         SELECT oc.oid FROM pg_catalog.pg_opclass oc
                         WHERE NOT oc.opcdefault
                            OR oc.opcmethod = 783 AND oc.opcintype IN (650, 869))
                  THEN (SELECT ' ' || CASE WHEN ocn.nspname = 'pg_catalog' THEN ''
                                           ELSE pg_catalog.quote_ident(ocn.nspname) || '.' END
                               || pg_catalog.quote_ident(oc.opcname)
                               || coalesce('(' || pg_catalog.array_to_string(ia.attoptions, ', ')
                                           || ')', '')
                        FROM pg_catalog.pg_opclass oc
                        JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
                        WHERE oc.oid = i.indclass[ia.attnum - 1]) ELSE '' END AS opclass,
             o.orders[1 + i.indoption[ia.attnum - 1]] AS option
      FROM pg_catalog.pg_attribute ia
      WHERE ia.attrelid = i.indexrelid AND ia.attnum > 0
      ORDER BY ia.attnum) AS e) END AS parts
  FROM (SELECT coalesce(first.key, pg_catalog.quote_ident(t.names[i.indkey[0]])) AS one,
               pg_catalog.quote_ident(t.names[i.indkey[1]]) AS two,
               pg_catalog.quote_ident(t.names[i.indkey[2]]) AS three) AS k
  CROSS JOIN (SELECT ARRAY['', ' DESC NULLS LAST', ' NULLS FIRST', ' DESC']) AS o (orders)
  OFFSET 0) AS e
ORDER BY t.nspname, t.relname, i.relname
)sql";

}  // namespace

const std::string_view k_index_query =
    Joined<k_before_lacking, k_same_keys, k_behind_lacking>::k_text;

}  // namespace pgmend::kinds
