-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE INDEX ix ON t (a);
