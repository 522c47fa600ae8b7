-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, "C ""c""" text);
CREATE SEQUENCE s;
CREATE SCHEMA a;
CREATE FUNCTION f(x integer, OUT y text) LANGUAGE sql AS 'SELECT ''x''::text';
CREATE TYPE e AS ENUM ('a');
CREATE VIEW v AS SELECT 1 AS x;
GRANT SELECT, INSERT ON t TO pg_monitor;
GRANT SELECT ON t TO PUBLIC;
GRANT UPDATE ("C ""c""") ON t TO pg_monitor;
GRANT USAGE ON SEQUENCE s TO pg_monitor;
GRANT USAGE ON SCHEMA a TO pg_monitor;
GRANT EXECUTE ON FUNCTION f(integer) TO pg_monitor;
GRANT USAGE ON TYPE e TO pg_monitor;
GRANT SELECT ON v TO pg_monitor WITH GRANT OPTION;
