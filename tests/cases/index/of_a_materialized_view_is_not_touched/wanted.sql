-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
CREATE INDEX im ON m (id);
CREATE INDEX ix ON t (id);
