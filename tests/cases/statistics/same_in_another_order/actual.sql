-- SPDX-License-Identifier: MIT
CREATE TABLE t (c text, b integer, a integer);
CREATE STATISTICS k (mcv, dependencies, ndistinct) ON b, a FROM t;
CREATE STATISTICS e ON (lower(c)), ((a + b)) FROM t;
