// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

/// What somebody added to an operator family that the server or an extension came with (ALTER
/// OPERATOR FAMILY): common table expressions, the last one `added (classid, objid, family)`. No
/// catalog says who made a member of a family. So in one of the server's that is whatever initdb
/// did not make and no operator, function or type of an extension is in; in one of an extension,
/// what an operator, function or type of the database's own is in. What is for the type of a class
/// of the database's own belongs to that.
namespace pgmend::kinds {

inline constexpr std::string_view k_added_members = R"sql(
given AS (
  SELECT f.oid AS family
  FROM pg_catalog.pg_opfamily f WHERE f.oid < 16384
  UNION ALL
  SELECT e.objid FROM pg_catalog.pg_depend e
  WHERE e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND e.deptype = 'e'
),
member AS (
  SELECT 'pg_catalog.pg_amop'::pg_catalog.regclass::oid AS classid, a.oid AS objid,
         a.amopfamily AS family, a.amoplefttype AS lefttype, a.amoprighttype AS righttype,
         'pg_catalog.pg_operator'::pg_catalog.regclass::oid AS usedclass, a.amopopr AS used
  FROM pg_catalog.pg_amop a
  WHERE a.oid >= 16384 AND a.amopfamily IN (SELECT g.family FROM given g)
  UNION ALL
  SELECT 'pg_catalog.pg_amproc'::pg_catalog.regclass, a.oid, a.amprocfamily, a.amproclefttype,
         a.amprocrighttype, 'pg_catalog.pg_proc'::pg_catalog.regclass, a.amproc
  FROM pg_catalog.pg_amproc a
  WHERE a.oid >= 16384 AND a.amprocfamily IN (SELECT g.family FROM given g)
),
added AS (
  SELECT m.classid, m.objid, m.family
  FROM member m
  CROSS JOIN LATERAL (
    SELECT pg_catalog.bool_or(x.objid >= 16384 AND e.objid IS NULL) AS any_own,
           pg_catalog.bool_or(e.objid IS NOT NULL) AS any_given
    FROM (SELECT m.usedclass AS classid, m.used AS objid
          UNION ALL
          SELECT 'pg_catalog.pg_type'::pg_catalog.regclass,
                 CASE WHEN t.typlen = -1 AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
          FROM pg_catalog.pg_type t WHERE t.oid IN (m.lefttype, m.righttype)) AS x
    LEFT JOIN pg_catalog.pg_depend e
      ON e.classid = x.classid AND e.objid = x.objid AND e.deptype = 'e'
  ) AS uses
  WHERE (uses.any_own OR m.family < 16384 AND NOT uses.any_given)
    AND NOT (m.lefttype = m.righttype
             AND EXISTS (SELECT 1 FROM pg_catalog.pg_opclass c
                         WHERE c.opcfamily = m.family AND c.opcintype = m.lefttype
                           AND c.oid >= 16384
                           AND NOT EXISTS (
                             SELECT 1 FROM pg_catalog.pg_depend e
                             WHERE e.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
                               AND e.objid = c.oid AND e.deptype = 'e')))
)
)sql";

}  // namespace pgmend::kinds
