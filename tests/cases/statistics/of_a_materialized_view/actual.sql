-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer);
CREATE MATERIALIZED VIEW "m 1" AS SELECT a, b FROM t;
CREATE STATISTICS s2 (ndistinct) ON a, b FROM "m 1";
CREATE STATISTICS s3 ON a, b FROM "m 1";
