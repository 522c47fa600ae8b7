-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, n integer);
CREATE INDEX i ON t (n, id);
COMMENT ON INDEX i IS 'fast';
