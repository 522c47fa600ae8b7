-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer);
CREATE MATERIALIZED VIEW "m 1" AS SELECT a, b FROM t;
CREATE STATISTICS "s 1" (ndistinct) ON a, b FROM "m 1";
CREATE STATISTICS s2 (mcv) ON a, b FROM "m 1";
ALTER STATISTICS s2 SET STATISTICS 7;
