-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE TABLE v (a varchar(20), n integer);
CREATE INDEX iv ON v (n) WHERE a IN ('x', 'y');
CREATE INDEX ix ON t (n) WHERE a NOT IN ('x', 'y');
