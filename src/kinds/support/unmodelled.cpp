// SPDX-License-Identifier: MIT
// What a database may hold beyond the kinds that are compared. Objects of extensions and of the
// server itself (oid below 16384) are left out.
#include "kinds/kinds.hpp"

namespace pgmend::kinds {

const std::string_view k_unmodelled_query = R"sql(
SELECT found.what, pg_catalog.count(*) AS count
FROM (
  SELECT CASE c.relkind WHEN 'v' THEN 'views' WHEN 'm' THEN 'materialized views' END AS what,
         'pg_catalog.pg_class'::pg_catalog.regclass AS classid, c.oid AS objid
  FROM pg_catalog.pg_class c WHERE c.relkind IN ('v', 'm')
    AND c.relnamespace <> pg_catalog.pg_my_temp_schema()
  UNION ALL
  SELECT 'base types', 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid
  FROM pg_catalog.pg_type t WHERE t.typtype = 'b' AND t.typelem = 0
  UNION ALL
  SELECT CASE p.prokind WHEN 'f' THEN 'functions' WHEN 'p' THEN 'procedures'
                        WHEN 'a' THEN 'aggregates' ELSE 'window functions' END,
         'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid
  FROM pg_catalog.pg_proc p
  UNION ALL
  SELECT 'triggers', 'pg_catalog.pg_trigger'::pg_catalog.regclass, g.oid
  FROM pg_catalog.pg_trigger g WHERE NOT g.tgisinternal
  UNION ALL
  SELECT 'event triggers', 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, g.oid
  FROM pg_catalog.pg_event_trigger g
  UNION ALL
  SELECT 'rules', 'pg_catalog.pg_rewrite'::pg_catalog.regclass, w.oid
  FROM pg_catalog.pg_rewrite w WHERE w.rulename <> '_RETURN'
  UNION ALL
  SELECT 'policies', 'pg_catalog.pg_policy'::pg_catalog.regclass, o.oid
  FROM pg_catalog.pg_policy o
  UNION ALL
  SELECT 'operators', 'pg_catalog.pg_operator'::pg_catalog.regclass, o.oid
  FROM pg_catalog.pg_operator o
  UNION ALL
  SELECT 'operator classes', 'pg_catalog.pg_opclass'::pg_catalog.regclass, o.oid
  FROM pg_catalog.pg_opclass o
  UNION ALL
  SELECT 'operator families', 'pg_catalog.pg_opfamily'::pg_catalog.regclass, o.oid
  FROM pg_catalog.pg_opfamily o
  UNION ALL
  SELECT 'casts', 'pg_catalog.pg_cast'::pg_catalog.regclass, k.oid FROM pg_catalog.pg_cast k
  UNION ALL
  SELECT 'collations', 'pg_catalog.pg_collation'::pg_catalog.regclass, l.oid
  FROM pg_catalog.pg_collation l
  UNION ALL
  SELECT 'conversions', 'pg_catalog.pg_conversion'::pg_catalog.regclass, v.oid
  FROM pg_catalog.pg_conversion v
  UNION ALL
  SELECT 'text search configurations', 'pg_catalog.pg_ts_config'::pg_catalog.regclass, s.oid
  FROM pg_catalog.pg_ts_config s
  UNION ALL
  SELECT 'text search dictionaries', 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, s.oid
  FROM pg_catalog.pg_ts_dict s
  UNION ALL
  SELECT 'text search parsers', 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, s.oid
  FROM pg_catalog.pg_ts_parser s
  UNION ALL
  SELECT 'text search templates', 'pg_catalog.pg_ts_template'::pg_catalog.regclass, s.oid
  FROM pg_catalog.pg_ts_template s
  UNION ALL
  SELECT 'foreign-data wrappers', 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, f.oid
  FROM pg_catalog.pg_foreign_data_wrapper f
  UNION ALL
  SELECT 'foreign servers', 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, f.oid
  FROM pg_catalog.pg_foreign_server f
  UNION ALL
  SELECT 'publications', 'pg_catalog.pg_publication'::pg_catalog.regclass, p.oid
  FROM pg_catalog.pg_publication p
  UNION ALL
  SELECT 'languages', 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid
  FROM pg_catalog.pg_language l
  UNION ALL
  SELECT 'transforms', 'pg_catalog.pg_transform'::pg_catalog.regclass, t.oid
  FROM pg_catalog.pg_transform t
  UNION ALL
  SELECT 'access methods', 'pg_catalog.pg_am'::pg_catalog.regclass, a.oid FROM pg_catalog.pg_am a
  UNION ALL
  SELECT 'default privileges', 'pg_catalog.pg_default_acl'::pg_catalog.regclass, a.oid
  FROM pg_catalog.pg_default_acl a
  UNION ALL
  SELECT 'comments', d.classoid::pg_catalog.regclass, d.objoid
  FROM pg_catalog.pg_description d
) AS found
WHERE found.objid >= 16384
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                  WHERE e.classid = found.classid::oid AND e.objid = found.objid
                    AND e.deptype IN ('e', 'i'))
GROUP BY found.what
ORDER BY found.what
)sql";

}  // namespace pgmend::kinds
