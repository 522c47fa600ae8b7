-- SPDX-License-Identifier: MIT
-- What may happen to a schema, thing by thing: each query returns a label and the statement that
-- does it. What extensions bring is left alone, and so is what the server comes with.

-- Everything that can be dropped, each thing by itself, with what hangs on it.
SELECT 'drop ' || i.type || ' ' || i.identity,
       CASE i.type WHEN 'table column' THEN format('ALTER TABLE %s DROP COLUMN %I CASCADE',
                                                   d.objid::regclass, a.attname)
                   WHEN 'table constraint' THEN format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE',
                                                       k.conrelid::regclass, k.conname)
                   WHEN 'domain constraint' THEN format('ALTER DOMAIN %s DROP CONSTRAINT %I',
                                                        k.contypid::regtype, k.conname)
                   WHEN 'default value' THEN format('ALTER TABLE %s ALTER %I DROP DEFAULT',
                                                    f.adrelid::regclass, fa.attname)
                   WHEN 'statistics object' THEN format('DROP STATISTICS %s', i.identity)
                   ELSE format('DROP %s %s CASCADE', i.type, i.identity) END
FROM (SELECT classid, objid, objsubid FROM pg_depend WHERE objid >= 16384
      UNION SELECT 'pg_attribute'::regclass, 0, 0 WHERE false
      UNION SELECT 'pg_class'::regclass, attrelid, attnum FROM pg_attribute
        JOIN pg_class c ON c.oid = attrelid
        WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped AND attislocal
          AND c.relkind IN ('r', 'p')
      UNION SELECT 'pg_namespace'::regclass, oid, 0 FROM pg_namespace WHERE oid >= 16384
      UNION SELECT 'pg_publication'::regclass, oid, 0 FROM pg_publication
      UNION SELECT 'pg_event_trigger'::regclass, oid, 0 FROM pg_event_trigger
      UNION SELECT 'pg_extension'::regclass, oid, 0 FROM pg_extension WHERE oid >= 16384) AS d
CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) AS i
LEFT JOIN pg_attribute a ON d.classid = 'pg_class'::regclass AND a.attrelid = d.objid
  AND a.attnum = d.objsubid AND d.objsubid > 0
LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
LEFT JOIN pg_attribute fa ON fa.attrelid = f.adrelid AND fa.attnum = f.adnum
LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
LEFT JOIN pg_type t ON d.classid = 'pg_type'::regclass AND t.oid = d.objid
LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
WHERE i.type NOT IN ('view column', 'materialized view column', 'composite type column',
                     'foreign table column')
  AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid
                  AND e.deptype IN ('e', 'i', 'P', 'S')
                  AND NOT (e.deptype = 'i' AND d.classid IN ('pg_constraint'::regclass)))
  AND NOT EXISTS (SELECT 1 FROM pg_depend e JOIN pg_class x ON x.oid = e.objid
                  WHERE d.objsubid > 0 AND e.classid = 'pg_class'::regclass
                    AND e.objid = d.objid AND e.deptype = 'e')
  AND (d.objsubid = 0 OR a.attnum IS NOT NULL)
  AND coalesce(c.relkind NOT IN ('t', 'I', 'i') OR NOT EXISTS (
        SELECT 1 FROM pg_constraint x WHERE x.conindid = c.oid), true)
  AND coalesce(c.relkind, 'r') NOT IN ('t', 'c')
  AND coalesce(t.typelem = 0 AND t.typrelid = 0 AND t.typtype <> 'm', true)
  AND (t.oid IS NULL OR t.typtype IN ('b', 'd', 'e', 'r'))
  AND coalesce(r.rulename <> '_RETURN', true)
  AND coalesce(k.contype NOT IN ('n', 't') AND k.conislocal AND k.conparentid = 0
               AND (k.conrelid >= 16384 OR k.contypid >= 16384), true)
  AND (f.oid IS NULL OR fa.attgenerated = '')
  AND (d.classid <> 'pg_trigger'::regclass
       OR NOT (SELECT g.tgisinternal FROM pg_trigger g WHERE g.oid = d.objid))
  AND d.classid NOT IN ('pg_amop'::regclass, 'pg_amproc'::regclass, 'pg_default_acl'::regclass,
                        'pg_publication_rel'::regclass)
  AND (d.classid <> 'pg_proc'::regclass OR (SELECT p.prokind <> 'z' FROM pg_proc p
       WHERE p.oid = d.objid))
GROUP BY 1, 2;

-- Composite types hang on their relation.
SELECT 'drop type ' || c.oid::regclass, format('DROP TYPE %s CASCADE', c.oid::regclass)
FROM pg_class c WHERE c.relkind = 'c' AND c.oid >= 16384;

SELECT 'attribute gone: ' || c.oid::regclass || '.' || a.attname,
       format('ALTER TYPE %s DROP ATTRIBUTE %I CASCADE', c.oid::regclass, a.attname)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relkind = 'c' AND c.oid >= 16384;

SELECT 'comment gone: ' || i.type || ' ' || i.identity,
       format('COMMENT ON %s %s IS NULL',
              CASE i.type WHEN 'table column' THEN 'COLUMN' WHEN 'policy' THEN 'POLICY'
                          WHEN 'trigger' THEN 'TRIGGER' WHEN 'table constraint' THEN 'CONSTRAINT'
                          ELSE i.type END, i.identity)
FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE d.objoid >= 16384 AND (i.type <> 'extension' OR i.identity = 'citext')
  AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid
                  AND e.deptype = 'e');

SELECT 'comment other: ' || i.type || ' ' || i.identity,
       format('COMMENT ON %s %s IS ''other''',
              CASE i.type WHEN 'table column' THEN 'COLUMN' WHEN 'table constraint'
                          THEN 'CONSTRAINT' ELSE i.type END, i.identity)
FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE d.objoid >= 16384 AND (i.type <> 'extension' OR i.identity = 'citext')
  AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid
                  AND e.deptype = 'e');

-- Columns.
SELECT v.what || ': ' || c.oid::regclass || '.' || a.attname,
       format('ALTER TABLE %s ALTER COLUMN %I %s', c.oid::regclass, a.attname, v.action)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND c.oid >= 16384
JOIN pg_type t ON t.oid = a.atttypid
CROSS JOIN LATERAL (
  SELECT 'not null gone', 'DROP NOT NULL'
  WHERE a.attnotnull AND a.attidentity = '' AND a.attislocal AND NOT EXISTS (
    SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary
      AND a.attnum = ANY (i.indkey))
  UNION ALL SELECT 'not null new', 'SET NOT NULL' WHERE NOT a.attnotnull
  UNION ALL SELECT 'default other', 'SET DEFAULT NULL::text'
  WHERE a.atthasdef AND a.attgenerated = '' AND t.typcategory = 'S' AND t.typname = 'text'
  UNION ALL SELECT 'default other', 'SET DEFAULT 77'
  WHERE a.attgenerated = '' AND a.attidentity = '' AND t.typcategory = 'N'
  UNION ALL SELECT 'default other', 'SET DEFAULT false' WHERE t.typname = 'bool'
  UNION ALL SELECT 'statistics target', 'SET STATISTICS 77' WHERE a.attislocal
  UNION ALL SELECT 'statistics target gone', 'SET STATISTICS -1' WHERE a.attstattarget > 0
  UNION ALL SELECT 'storage', 'SET STORAGE ' || CASE a.attstorage WHEN 'x' THEN 'EXTERNAL'
    ELSE 'EXTENDED' END WHERE t.typlen = -1 AND t.typstorage = 'x' AND a.attislocal
  UNION ALL SELECT 'estimate', 'SET (n_distinct = 5)' WHERE a.attislocal
  UNION ALL SELECT 'identity form', 'SET GENERATED ' || CASE a.attidentity WHEN 'a' THEN 'BY DEFAULT'
    ELSE 'ALWAYS' END WHERE a.attidentity <> ''
  UNION ALL SELECT 'identity increment', 'SET INCREMENT 50' WHERE a.attidentity <> ''
  UNION ALL SELECT 'identity gone', 'DROP IDENTITY' WHERE a.attidentity <> ''
  UNION ALL SELECT 'expression gone', 'DROP EXPRESSION' WHERE a.attgenerated = 's'
  UNION ALL SELECT 'compression', 'SET COMPRESSION pglz'
  WHERE t.typlen = -1 AND a.attislocal AND current_setting('server_version_num')::int >= 140000
) AS v(what, action)
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0;

SELECT 'type: ' || c.oid::regclass || '.' || a.attname,
       format('ALTER TABLE %s ALTER COLUMN %I TYPE %s', c.oid::regclass, a.attname,
              CASE t.typname WHEN 'int4' THEN 'bigint' WHEN 'varchar' THEN 'varchar(7)'
                             WHEN 'text' THEN 'varchar(33)' WHEN 'numeric' THEN 'numeric(30,5)'
                             WHEN 'timestamptz' THEN 'timestamptz(2)' WHEN 'jsonb' THEN 'json'
                             WHEN 'bool' THEN 'text' WHEN 'uuid' THEN 'text' ELSE 'text' END)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND c.oid >= 16384
JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0 AND a.attgenerated = ''
  AND t.typname IN ('int4', 'varchar', 'text', 'numeric', 'timestamptz', 'jsonb');

SELECT 'new column: ' || c.oid::regclass,
       format('ALTER TABLE %s ADD COLUMN surplus integer NOT NULL', c.oid::regclass)
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND NOT c.relispartition;

-- Tables.
SELECT v.what || ': ' || c.oid::regclass, format('ALTER TABLE %s %s', c.oid::regclass, v.action)
FROM pg_class c
CROSS JOIN LATERAL (
  SELECT 'row security', CASE WHEN c.relrowsecurity THEN 'DISABLE' ELSE 'ENABLE' END
    || ' ROW LEVEL SECURITY'
  UNION ALL SELECT 'row security of owner', CASE WHEN c.relforcerowsecurity THEN 'NO FORCE'
    ELSE 'FORCE' END || ' ROW LEVEL SECURITY'
  UNION ALL SELECT 'parameter', 'SET (fillfactor = 61)' WHERE c.relkind = 'r'
  UNION ALL SELECT 'parameter of its TOAST table', 'SET (toast.vacuum_truncate = false)'
  WHERE c.reltoastrelid <> 0
  UNION ALL SELECT 'parameter gone', 'RESET (autovacuum_vacuum_scale_factor, autovacuum_enabled)'
  WHERE c.reloptions IS NOT NULL
  UNION ALL SELECT 'unlogged', 'SET UNLOGGED' WHERE c.relkind = 'r' AND c.relpersistence = 'p'
    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.contype = 'f' AND k.confrelid = c.oid)
  UNION ALL SELECT 'logged', 'SET LOGGED' WHERE c.relpersistence = 'u'
  UNION ALL SELECT 'replica identity', 'REPLICA IDENTITY ' || CASE c.relreplident WHEN 'f'
    THEN 'DEFAULT' ELSE 'FULL' END
) AS v(what, action)
WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384;

SELECT 'detached: ' || h.inhrelid::regclass,
       format('ALTER TABLE %s DETACH PARTITION %s', h.inhparent::regclass, h.inhrelid::regclass)
FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
WHERE c.relispartition AND c.relkind IN ('r', 'p');

SELECT 'being detached: ' || h.inhrelid::regclass,
       format('UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = %s', h.inhrelid::oid)
FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
WHERE c.relispartition AND c.relkind IN ('r', 'p');

SELECT 'disinherited: ' || h.inhrelid::regclass,
       format('ALTER TABLE %s NO INHERIT %s', h.inhrelid::regclass, h.inhparent::regclass)
FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
WHERE NOT c.relispartition AND c.relkind = 'r';

-- Constraints.
SELECT 'not validated: ' || k.conrelid::regclass || '.' || k.conname,
       format('ALTER TABLE %s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s NOT VALID',
              k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint k
WHERE k.contype IN ('c', 'f') AND k.convalidated AND k.conrelid >= 16384 AND k.conparentid = 0
  AND k.conislocal AND (SELECT relkind FROM pg_class WHERE oid = k.conrelid) = 'r';

SELECT 'validated: ' || k.conrelid::regclass || '.' || k.conname,
       format('ALTER TABLE %s VALIDATE CONSTRAINT %I', k.conrelid::regclass, k.conname)
FROM pg_constraint k WHERE k.contype IN ('c', 'f') AND NOT k.convalidated AND k.conrelid >= 16384;

SELECT 'deferrability: ' || k.conrelid::regclass || '.' || k.conname,
       format('ALTER TABLE %s ALTER CONSTRAINT %I %s', k.conrelid::regclass, k.conname,
              CASE WHEN k.condeferrable THEN 'NOT DEFERRABLE'
                   ELSE 'DEFERRABLE INITIALLY DEFERRED' END)
FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid >= 16384 AND k.conparentid = 0;

SELECT 'other check: ' || k.conrelid::regclass || '.' || k.conname,
       format('ALTER TABLE %s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I CHECK (1 < 2)',
              k.conrelid::regclass, k.conname)
FROM pg_constraint k
WHERE k.contype = 'c' AND k.conrelid >= 16384 AND k.conislocal AND k.coninhcount = 0;

SELECT 'other action: ' || k.conrelid::regclass || '.' || k.conname,
       format('ALTER TABLE %s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I FOREIGN KEY %3$s'
              ' ON UPDATE SET NULL', k.conrelid::regclass, k.conname,
              substring(pg_get_constraintdef(k.oid) from 'FOREIGN KEY (\(.*?\) REFERENCES .*?\))'))
FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid >= 16384 AND k.conparentid = 0;

-- Indexes.
SELECT 'invalid: ' || i.indexrelid::regclass,
       format('UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s', i.indexrelid::oid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid >= 16384 AND c.relkind = 'i' AND NOT c.relispartition
  AND (SELECT relkind FROM pg_class WHERE oid = i.indrelid) IN ('r', 'm')
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid);

SELECT 'parameter: ' || i.indexrelid::regclass,
       format('ALTER INDEX %s SET (%s)', i.indexrelid::regclass,
              CASE WHEN m.amname = 'gin' THEN 'fastupdate = off'
                   WHEN m.amname = 'brin' THEN 'pages_per_range = 9'
                   ELSE 'fillfactor = 55' END)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
WHERE i.indrelid >= 16384 AND c.relkind = 'i' AND NOT c.relispartition
  AND (SELECT relkind FROM pg_class WHERE oid = i.indrelid) IN ('r', 'm');

SELECT 'other index: ' || i.indexrelid::regclass,
       format('DROP INDEX %s; CREATE INDEX %I ON %s ((1))', i.indexrelid::regclass, c.relname,
              i.indrelid::regclass)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid >= 16384 AND c.relkind = 'i' AND NOT c.relispartition
  AND (SELECT relkind FROM pg_class WHERE oid = i.indrelid) IN ('r', 'm')
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid);

SELECT 'clustered: ' || i.indexrelid::regclass,
       format('ALTER TABLE %s CLUSTER ON %I', i.indrelid::regclass, c.relname)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid >= 16384 AND c.relkind = 'i';

SELECT 'statistics target: ' || i.indexrelid::regclass || ' ' || a.attnum,
       format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS 77', i.indexrelid::regclass, a.attnum)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_attribute a ON a.attrelid = i.indexrelid
WHERE i.indrelid >= 16384 AND NOT c.relispartition AND i.indexprs IS NOT NULL;

-- Views.
SELECT v.what || ': ' || c.oid::regclass, v.statement
FROM pg_class c
CROSS JOIN LATERAL (
  SELECT 'other query', format('CREATE OR REPLACE VIEW %s %s AS SELECT * FROM (%s) x WHERE false',
    c.oid::regclass, coalesce('WITH (' || array_to_string(c.reloptions, ',') || ')', ''),
    rtrim(pg_get_viewdef(c.oid), ';'))
  WHERE c.relkind = 'v' AND NOT 'check_option=local' = ANY (coalesce(c.reloptions, '{}'))
  UNION ALL SELECT 'option', format('ALTER VIEW %s SET (security_barrier = %s)', c.oid::regclass,
    NOT 'security_barrier=true' = ANY (coalesce(c.reloptions, '{}'))) WHERE c.relkind = 'v'
  UNION ALL SELECT 'parameter', format('ALTER MATERIALIZED VIEW %s SET (fillfactor = 44)',
    c.oid::regclass) WHERE c.relkind = 'm'
  UNION ALL SELECT 'default of ' || a.attname, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT NULL',
    c.oid::regclass, a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND c.relkind = 'v'
  UNION ALL SELECT 'target of ' || a.attname,
    format('ALTER MATERIALIZED VIEW %s ALTER COLUMN %I SET STATISTICS 9', c.oid::regclass, a.attname)
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND c.relkind = 'm'
  UNION ALL SELECT 'statistics', format('CREATE STATISTICS surplus ON %s FROM %s',
    string_agg(quote_ident(a.attname), ', '), c.oid::regclass)
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum BETWEEN 1 AND 8 AND c.relkind = 'm'
) AS v(what, statement)
WHERE c.oid >= 16384;

-- Functions.
SELECT v.what || ': ' || p.oid::regprocedure,
       format('ALTER FUNCTION %s %s', p.oid::regprocedure, v.action)
FROM pg_proc p
CROSS JOIN LATERAL (
  VALUES ('volatility', CASE p.provolatile WHEN 'v' THEN 'STABLE' ELSE 'VOLATILE' END),
         ('strictness', CASE WHEN p.proisstrict THEN 'CALLED ON NULL INPUT' ELSE 'STRICT' END),
         ('security', CASE WHEN p.prosecdef THEN 'SECURITY INVOKER' ELSE 'SECURITY DEFINER' END),
         ('parallel', CASE p.proparallel WHEN 'u' THEN 'PARALLEL RESTRICTED'
                                         ELSE 'PARALLEL UNSAFE' END),
         ('cost', 'COST 42'),
         ('leakproof', 'LEAKPROOF'),
         ('setting', 'SET work_mem = ''7MB''')
) AS v(what, action)
WHERE p.oid >= 16384 AND p.prokind = 'f' AND NOT EXISTS (
  SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid
    AND e.deptype IN ('e', 'i'));

SELECT 'body: ' || p.oid::regprocedure,
       regexp_replace(pg_get_functiondef(p.oid), '(AS \$function\$)(.*)(\$function\$|\$procedure\$)',
                      '\1\2 -- other\n\3')
FROM pg_proc p
WHERE p.oid >= 16384 AND p.prokind = 'f' AND NOT EXISTS (
  SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid
    AND e.deptype IN ('e', 'i'));

-- Sequences.
SELECT v.what || ': ' || s.seqrelid::regclass,
       format('ALTER SEQUENCE %s %s', s.seqrelid::regclass, v.action)
FROM pg_sequence s
CROSS JOIN LATERAL (
  SELECT 'increment', 'INCREMENT 3'
  UNION ALL SELECT 'cache', 'CACHE 9'
  UNION ALL SELECT 'cycle', CASE WHEN s.seqcycle THEN 'NO CYCLE' ELSE 'CYCLE' END
  UNION ALL SELECT 'maximum', 'MAXVALUE 29999'
  UNION ALL SELECT 'start', 'START 11'
  UNION ALL SELECT 'type', 'AS smallint'
  UNION ALL SELECT 'owner', 'OWNED BY NONE'
  WHERE EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = s.seqrelid AND d.deptype = 'a')
) AS v(what, action)
WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = s.seqrelid AND d.deptype = 'i');

-- Types.
SELECT 'label gone: ' || l.enumtypid::regtype || ' ' || l.enumlabel,
       format('DELETE FROM pg_enum WHERE oid = %s', l.oid)
FROM pg_enum l WHERE NOT EXISTS (
  SELECT 1 FROM pg_attrdef d WHERE pg_get_expr(d.adbin, d.adrelid) LIKE
    '%' || quote_literal(l.enumlabel) || '::%');

SELECT 'label new: ' || t.oid::regtype, format('ALTER TYPE %s ADD VALUE ''surplus''', t.oid::regtype)
FROM pg_type t WHERE t.typtype = 'e' AND t.oid >= 16384;

SELECT v.what || ': ' || t.oid::regtype, format('ALTER DOMAIN %s %s', t.oid::regtype, v.action)
FROM pg_type t
CROSS JOIN LATERAL (
  SELECT 'not null', CASE WHEN t.typnotnull THEN 'DROP' ELSE 'SET' END || ' NOT NULL'
  UNION ALL SELECT 'default', CASE WHEN t.typdefault IS NULL THEN 'SET DEFAULT NULL' ELSE
    'DROP DEFAULT' END WHERE t.typdefault IS NOT NULL
  UNION ALL SELECT 'new check', 'ADD CONSTRAINT surplus CHECK (VALUE IS NOT NULL)'
) AS v(what, action)
WHERE t.typtype = 'd' AND t.oid >= 16384;

-- Triggers, rules, policies.
SELECT 'disabled: ' || g.tgrelid::regclass || '.' || g.tgname,
       format('ALTER TABLE %s DISABLE TRIGGER %I', g.tgrelid::regclass, g.tgname)
FROM pg_trigger g WHERE NOT g.tgisinternal AND g.tgparentid = 0;

SELECT 'replica only: ' || g.tgrelid::regclass || '.' || g.tgname,
       format('ALTER TABLE %s ENABLE REPLICA TRIGGER %I', g.tgrelid::regclass, g.tgname)
FROM pg_trigger g WHERE NOT g.tgisinternal AND g.tgparentid = 0;

SELECT 'other trigger: ' || g.tgrelid::regclass || '.' || g.tgname,
       format('DROP TRIGGER %2$I ON %1$s; CREATE TRIGGER %2$I AFTER INSERT ON %1$s '
              'EXECUTE FUNCTION %3$s()', g.tgrelid::regclass, g.tgname, g.tgfoid::regproc)
FROM pg_trigger g WHERE NOT g.tgisinternal AND g.tgparentid = 0;

SELECT 'disabled on a partition: ' || g.tgrelid::regclass || '.' || g.tgname,
       format('ALTER TABLE ONLY %s DISABLE TRIGGER %I', g.tgrelid::regclass, g.tgname)
FROM pg_trigger g WHERE g.tgparentid <> 0 AND g.tgconstraint = 0;

SELECT 'all triggers off: ' || c.oid::regclass,
       format('ALTER TABLE %s DISABLE TRIGGER ALL', c.oid::regclass)
FROM pg_class c WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p') AND c.relhastriggers;

SELECT 'disabled rule: ' || r.rulename,
       format('ALTER TABLE %s DISABLE RULE %I', r.ev_class::regclass, r.rulename)
FROM pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.ev_class >= 16384
  AND (SELECT relkind FROM pg_class WHERE oid = r.ev_class) = 'r';

SELECT 'other rule: ' || r.rulename,
       format('CREATE OR REPLACE RULE %I AS ON %s TO %s DO ALSO NOTHING', r.rulename,
              CASE r.ev_type WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' ELSE 'DELETE' END,
              r.ev_class::regclass)
FROM pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.ev_class >= 16384;

SELECT v.what || ': ' || p.polname,
       format('ALTER POLICY %I ON %s %s', p.polname, p.polrelid::regclass, v.action)
FROM pg_policy p
CROSS JOIN LATERAL (
  SELECT 'policy filter', 'USING (false)' WHERE p.polqual IS NOT NULL
  UNION ALL SELECT 'policy check', 'WITH CHECK (false)' WHERE p.polwithcheck IS NOT NULL
  UNION ALL SELECT 'policy roles', 'TO CURRENT_USER'
) AS v(what, action);

SELECT 'event trigger: ' || e.evtname,
       format('ALTER EVENT TRIGGER %I %s', e.evtname,
              CASE e.evtenabled WHEN 'D' THEN 'ENABLE' ELSE 'DISABLE' END)
FROM pg_event_trigger e;

SELECT 'statistics target: ' || s.stxname,
       format('ALTER STATISTICS %I.%I SET STATISTICS 9', n.nspname, s.stxname)
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace;

-- Publications and text search.
SELECT v.what || ': ' || p.pubname, format('ALTER PUBLICATION %I %s', p.pubname, v.action)
FROM pg_publication p
CROSS JOIN LATERAL (
  SELECT 'operations', 'SET (publish = ''delete'')'
  UNION ALL SELECT 'via root', 'SET (publish_via_partition_root = true)'
  UNION ALL SELECT 'table gone', 'DROP TABLE ' || r.prrelid::regclass
  FROM pg_publication_rel r WHERE r.prpubid = p.oid
) AS v(what, action);

SELECT 'not populated: ' || c.oid::regclass,
       format('REFRESH MATERIALIZED VIEW %s WITH NO DATA', c.oid::regclass)
FROM pg_class c WHERE c.oid >= 16384 AND c.relkind = 'm';

SELECT 'mapping gone: ' || c.oid::regconfig,
       format('ALTER TEXT SEARCH CONFIGURATION %s DROP MAPPING FOR word', c.oid::regconfig)
FROM pg_ts_config c WHERE c.oid >= 16384;

SELECT 'dictionary option: ' || d.oid::regdictionary,
       format('ALTER TEXT SEARCH DICTIONARY %s (stopwords = ''german'')', d.oid::regdictionary)
FROM pg_ts_dict d WHERE d.oid >= 16384;

-- What nothing of ours depends on is not in pg_depend.
SELECT v.label, v.statement
FROM (SELECT 'drop access method ' || amname, format('DROP ACCESS METHOD %I CASCADE', amname)
      FROM pg_am WHERE oid >= 16384
      UNION ALL SELECT 'drop language ' || lanname, format('DROP LANGUAGE %I CASCADE', lanname)
      FROM pg_language WHERE oid >= 16384
      UNION ALL SELECT 'drop wrapper ' || fdwname,
                       format('DROP FOREIGN DATA WRAPPER %I CASCADE', fdwname)
      FROM pg_foreign_data_wrapper WHERE oid >= 16384
      UNION ALL SELECT 'other access method ' || amname,
                       format('DROP ACCESS METHOD %1$I; CREATE ACCESS METHOD %1$I TYPE TABLE '
                              'HANDLER heap_tableam_handler', amname)
      FROM pg_am WHERE oid >= 16384 AND amtype = 'i') AS v(label, statement);

-- Foreign things.
SELECT v.what || ': ' || v.name, v.statement
FROM (SELECT 'wrapper handler', fdwname, format('ALTER FOREIGN DATA WRAPPER %I NO HANDLER', fdwname)
      FROM pg_foreign_data_wrapper WHERE fdwhandler <> 0
      UNION ALL SELECT 'wrapper validator', fdwname,
                       format('ALTER FOREIGN DATA WRAPPER %I NO VALIDATOR', fdwname)
      FROM pg_foreign_data_wrapper WHERE fdwvalidator <> 0
      UNION ALL SELECT 'wrapper options', fdwname,
                       format('ALTER FOREIGN DATA WRAPPER %I OPTIONS (SET %I ''9'')', fdwname,
                              split_part(fdwoptions[1], '=', 1))
      FROM pg_foreign_data_wrapper WHERE fdwoptions IS NOT NULL
      UNION ALL SELECT 'server version', srvname, format('ALTER SERVER %I VERSION ''7''', srvname)
      FROM pg_foreign_server
      UNION ALL SELECT 'server options', srvname,
                       format('ALTER SERVER %I OPTIONS (DROP %I)', srvname,
                              split_part(srvoptions[1], '=', 1))
      FROM pg_foreign_server WHERE srvoptions IS NOT NULL
      UNION ALL SELECT 'foreign options', ftrelid::regclass::text,
                       format('ALTER FOREIGN TABLE %s OPTIONS (SET %I ''o'')', ftrelid::regclass,
                              split_part(ftoptions[1], '=', 1))
      FROM pg_foreign_table WHERE ftoptions IS NOT NULL
      UNION ALL SELECT 'foreign column options', attname,
                       format('ALTER FOREIGN TABLE %s ALTER %I OPTIONS (SET %I ''o'')',
                              attrelid::regclass, attname, split_part(attfdwoptions[1], '=', 1))
      FROM pg_attribute WHERE attfdwoptions IS NOT NULL) AS v(what, name, statement);

-- Owners and privileges, where they are compared.
SELECT 'owner: ' || i.type || ' ' || i.identity,
       format('ALTER %s %s OWNER TO sweep_owner',
              CASE i.type WHEN 'statistics object' THEN 'STATISTICS'
                          WHEN 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER'
                          ELSE i.type END, i.identity)
FROM (SELECT 'pg_class'::regclass AS classid, oid AS objid FROM pg_class
      WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND relnamespace = to_regnamespace('cabinet')
      UNION ALL SELECT 'pg_proc'::regclass, oid FROM pg_proc
      WHERE pronamespace = to_regnamespace('cabinet')
      UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type
      WHERE typnamespace = to_regnamespace('cabinet') AND typrelid = 0 AND typelem = 0
      UNION ALL SELECT 'pg_namespace'::regclass, to_regnamespace('cabinet')
      UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language WHERE lanname = 'plother'
      UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion WHERE oid >= 16384
      UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
      UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
      WHERE oid >= 16384
      UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication) AS o
CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) AS i
WHERE to_regnamespace('cabinet') IS NOT NULL AND o.objid IS NOT NULL;

SELECT 'privilege gone: ' || p.what, 'REVOKE ' || p.what || ' FROM sweep_reader'
FROM (VALUES ('USAGE ON SCHEMA cabinet'), ('SELECT ON cabinet.sheet'),
             ('GRANT OPTION FOR SELECT ON cabinet.sheet'), ('UPDATE (label) ON cabinet.sheet'),
             ('EXECUTE ON FUNCTION cabinet.tell()'), ('USAGE ON TYPE cabinet.note'),
             ('USAGE ON LANGUAGE plother'), ('USAGE ON FOREIGN DATA WRAPPER bare'),
             ('USAGE ON FOREIGN SERVER near')) AS p(what)
WHERE to_regnamespace('cabinet') IS NOT NULL;

SELECT p.label, p.statement
FROM (VALUES ('default privilege gone: tables', 'ALTER DEFAULT PRIVILEGES IN SCHEMA cabinet REVOKE '
                                                'SELECT ON TABLES FROM sweep_reader'),
             ('default privilege new: functions', 'ALTER DEFAULT PRIVILEGES IN SCHEMA cabinet GRANT '
                                                  'EXECUTE ON FUNCTIONS TO sweep_reader'),
             ('privilege new: body_of', 'GRANT EXECUTE ON FUNCTION cabinet.body_of(cabinet.note) '
                                        'TO PUBLIC')) AS p(label, statement)
WHERE to_regnamespace('cabinet') IS NOT NULL;
