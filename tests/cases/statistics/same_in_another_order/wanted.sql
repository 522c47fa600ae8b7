-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS k ON a, b FROM t;
CREATE STATISTICS e ON (a + b), (lower(c)) FROM t;
