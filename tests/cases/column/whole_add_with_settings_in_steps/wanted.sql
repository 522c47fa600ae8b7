-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, at text DEFAULT clock_timestamp()::text NOT NULL);
ALTER TABLE t ALTER COLUMN at SET STORAGE EXTERNAL, ALTER COLUMN at SET STATISTICS 9;
