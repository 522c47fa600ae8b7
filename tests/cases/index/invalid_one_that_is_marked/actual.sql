-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer NOT NULL, n integer);
CREATE UNIQUE INDEX ix ON t (id);
CREATE INDEX nx ON t ((n + 1));
ALTER INDEX nx ALTER COLUMN 1 SET STATISTICS 500;
ALTER TABLE t REPLICA IDENTITY USING INDEX ix;
ALTER TABLE t CLUSTER ON nx;
SET allow_system_table_mods = on;
UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid IN ('ix'::regclass, 'nx'::regclass);
