-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS k (ndistinct) ON a, b FROM t;
CREATE STATISTICS c ON a, c FROM t;
CREATE STATISTICS e ON (a + b) FROM t;
