-- SPDX-License-Identifier: MIT
CREATE SCHEMA app;
CREATE FUNCTION app.good(x integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT x > 0 $$;
CREATE TABLE t (id integer, a text, n integer);
