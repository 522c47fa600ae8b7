-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S ""x""";
CREATE TABLE "S ""x"""."T ""t""" (id serial, a text);
CREATE SEQUENCE s;
CREATE VIEW v AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
CREATE TYPE e AS ENUM ('a');
CREATE TYPE c AS (a integer);
CREATE DOMAIN d AS integer;
CREATE FUNCTION f(a integer, OUT b text) LANGUAGE sql AS 'SELECT ''x''::text';
CREATE PROCEDURE p(a text) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE g(integer) (SFUNC = int4pl, STYPE = integer);
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
CREATE COLLATION coll FROM "C";
CREATE TEXT SEARCH CONFIGURATION conf (COPY = simple);
CREATE STATISTICS st ON id, a FROM "S ""x"""."T ""t""";
