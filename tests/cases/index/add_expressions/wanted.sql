-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE INDEX ix ON t (lower(a), (n + 1), date_trunc('day', at AT TIME ZONE 'UTC'));
