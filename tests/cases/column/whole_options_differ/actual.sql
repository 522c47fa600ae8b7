-- SPDX-License-Identifier: MIT
CREATE TABLE t (a text, b text);
ALTER TABLE t ALTER COLUMN a SET (n_distinct = 100), ALTER COLUMN b SET (n_distinct = 3);
