-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, p int4range, a text);
ALTER TABLE t ADD CONSTRAINT "Odd ""N"" ame" EXCLUDE USING btree (lower(a) COLLATE "C" text_pattern_ops DESC NULLS LAST WITH =, id WITH pg_catalog.=) INCLUDE (p) WITH (fillfactor = 70) WHERE (id > 0 AND a <> 'q') DEFERRABLE INITIALLY DEFERRED;
