-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);

INSERT INTO t (id) VALUES (1), (1);
\set ON_ERROR_STOP off
CREATE UNIQUE INDEX CONCURRENTLY ix ON t (id);
\set ON_ERROR_STOP on
DELETE FROM t;
