-- SPDX-License-Identifier: MIT
CREATE TABLE t (a text, b text);
ALTER TABLE t ALTER COLUMN a SET (n_distinct = -0.5, n_distinct_inherited = 12);
