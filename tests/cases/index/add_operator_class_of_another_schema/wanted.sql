-- SPDX-License-Identifier: MIT
CREATE SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE INDEX ix ON t USING gist (a ext.gist_trgm_ops (siglen = 32));
