-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s ON (a + 1), b FROM t;
CREATE INDEX i ON t ((a + 1));
