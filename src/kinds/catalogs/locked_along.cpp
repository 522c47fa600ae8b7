// SPDX-License-Identifier: MIT
// Whose texts hold a query, or an expression over another relation: rules, and among them the
// queries of views; policies, with their subqueries; functions whose body is in the SQL standard's
// form; the conditions of publications. What they name stands in pg_depend.
#include "kinds/catalogs/locked_along.hpp"

namespace pgmend::kinds {

const std::string_view k_locked_along_query = R"sql(
SELECT CASE WHEN w.rulename <> '_RETURN' THEN 'rule'
            WHEN t.relkind = 'm' THEN 'materialized_view' ELSE 'view' END AS kind,
       t.oid, n.nspname AS schema,
       CASE WHEN w.rulename <> '_RETURN' THEN t.relname ELSE '' END AS relation,
       CASE WHEN w.rulename <> '_RETURN' THEN w.rulename ELSE t.relname END AS name,
       d.refobjid AS locked
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid
JOIN pg_catalog.pg_class t ON t.oid = w.ev_class
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  AND d.refobjid >= 16384 -- whole
  -- narrowed: AND d.refobjid = ANY ($1::oid[])
UNION
SELECT 'policy', t.oid, n.nspname, t.relname, p.polname, d.refobjid
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_policy p ON p.oid = d.objid
JOIN pg_catalog.pg_class t ON t.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
WHERE d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  AND d.refobjid >= 16384 -- whole
  -- narrowed: AND d.refobjid = ANY ($1::oid[])
UNION -- since 14
SELECT 'function', p.oid, n.nspname, '', -- since 14
       p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')', d.refobjid -- since 14
FROM pg_catalog.pg_depend d -- since 14
JOIN pg_catalog.pg_proc p ON p.oid = d.objid AND p.prosqlbody IS NOT NULL -- since 14
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace -- since 14
WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass -- since 14
  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass -- since 14
  AND d.refobjid >= 16384 -- whole -- since 14
  -- narrowed: AND d.refobjid = ANY ($1::oid[]) -- since 14
UNION -- since 15
SELECT 'publication', r.prpubid, '', '', p.pubname, r.prrelid -- since 15
FROM pg_catalog.pg_publication_rel r -- since 15
JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid -- since 15
WHERE r.prqual IS NOT NULL -- since 15
  -- narrowed: AND r.prrelid = ANY ($1::oid[]) -- since 15
)sql";

}  // namespace pgmend::kinds
