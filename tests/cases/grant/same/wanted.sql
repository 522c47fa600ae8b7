-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, "C ""c""" text);
CREATE SEQUENCE s;
CREATE SCHEMA a;
CREATE FUNCTION f(x integer, OUT y text) LANGUAGE sql AS 'SELECT ''x''::text';
CREATE TYPE e AS ENUM ('a');
CREATE VIEW v AS SELECT 1 AS x;
GRANT ALL ON t TO pg_monitor;
GRANT SELECT ON t TO pg_read_all_stats;
