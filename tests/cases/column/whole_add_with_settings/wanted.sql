-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, body text, plain integer, code varchar(9) DEFAULT 'x' NOT NULL);
ALTER TABLE t ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN body SET STATISTICS 500,
  ALTER COLUMN body SET (n_distinct = 4, n_distinct_inherited = 5);
ALTER TABLE t ALTER COLUMN code SET STORAGE MAIN;
