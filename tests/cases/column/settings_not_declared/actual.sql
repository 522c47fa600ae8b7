-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, body text, note text);
ALTER TABLE t ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN body SET STATISTICS 500,
  ALTER COLUMN body SET (n_distinct = 4), ALTER COLUMN note SET STORAGE MAIN;
