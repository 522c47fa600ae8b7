-- SPDX-License-Identifier: MIT
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE INDEX ix ON t USING gin (a gin_trgm_ops);
