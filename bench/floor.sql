-- SPDX-License-Identifier: MIT
-- The raw columns of the catalogs and the texts of expressions that a comparison needs, each read
-- once and put together nowhere: nobody who reads the schema can be much faster on one connection.
BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL search_path = pg_catalog;
SET LOCAL jit = off;
COPY (SELECT oid, nspname FROM pg_namespace) TO STDOUT;
COPY (SELECT oid, relname, relnamespace, relkind, relam, relpersistence, relrowsecurity,
             relforcerowsecurity, relispartition, relreplident, reloptions, reloftype,
             pg_get_expr(relpartbound, oid)
      FROM pg_class WHERE oid >= 16384) TO STDOUT;
COPY (SELECT attrelid, attnum, attname, atttypid, atttypmod, attcollation, attnotnull, atthasdef,
             attidentity, attgenerated, attstorage, attcompression, attstattarget, attoptions,
             attislocal, attinhcount
      FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped) TO STDOUT;
COPY (SELECT atttypid, atttypmod, format_type(atttypid, atttypmod)
      FROM pg_attribute WHERE attrelid >= 16384 GROUP BY 1, 2) TO STDOUT;
COPY (SELECT adrelid, adnum, pg_get_expr(adbin, adrelid) FROM pg_attrdef) TO STDOUT;
COPY (SELECT indexrelid, indrelid, indnkeyatts, indisunique, indnullsnotdistinct, indisvalid,
             indisready, indislive, indkey, indcollation, indclass, indoption,
             pg_get_expr(indexprs, indrelid), pg_get_expr(indpred, indrelid)
      FROM pg_index WHERE indexrelid >= 16384) TO STDOUT;
COPY (SELECT oid, conname, contype, condeferrable, condeferred, convalidated, conrelid, contypid,
             conindid, confrelid, confupdtype, confdeltype, confmatchtype, conislocal,
             connoinherit, conkey, confkey, pg_get_expr(conbin, conrelid)
      FROM pg_constraint WHERE oid >= 16384) TO STDOUT;
COPY (SELECT inhrelid, inhparent, inhseqno FROM pg_inherits) TO STDOUT;
COPY (SELECT oid, typname, typnamespace, typtype, typrelid, typbasetype, typtypmod, typnotnull,
             typcollation, typdefault
      FROM pg_type WHERE oid >= 16384 AND typtype <> 'c' AND typelem = 0) TO STDOUT;
COPY (SELECT enumtypid, enumsortorder, enumlabel FROM pg_enum) TO STDOUT;
COPY (SELECT oid, pg_get_viewdef(oid)
      FROM pg_class WHERE relkind IN ('v', 'm') AND oid >= 16384) TO STDOUT;
COPY (SELECT oid, tgrelid, tgname, tgfoid, tgtype, tgenabled, tgattr, tgargs,
             pg_get_expr(tgqual, tgrelid)
      FROM pg_trigger WHERE NOT tgisinternal) TO STDOUT;
COPY (SELECT oid, pg_get_functiondef(oid) FROM pg_proc
      WHERE oid >= 16384 AND prokind <> 'a') TO STDOUT;
COPY (SELECT seqrelid, seqtypid, seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle
      FROM pg_sequence) TO STDOUT;
COPY (SELECT objoid, classoid, objsubid, description FROM pg_description
      WHERE objoid >= 16384) TO STDOUT;
COMMIT;
