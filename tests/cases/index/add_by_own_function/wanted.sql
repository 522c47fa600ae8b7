-- SPDX-License-Identifier: MIT
CREATE SCHEMA app;
CREATE FUNCTION app.plain(x text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT pg_catalog.lower(x) $$;
CREATE TABLE t (id integer, a text, b text, n integer, j jsonb, at timestamptz);
CREATE INDEX ix ON t (app.plain(a));
