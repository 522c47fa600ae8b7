-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE UNIQUE INDEX ix ON t (a) NULLS NOT DISTINCT;
