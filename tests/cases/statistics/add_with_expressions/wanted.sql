-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st ON (a + b) FROM t;
CREATE STATISTICS more (dependencies) ON b, (a % 10), (lower(c)) FROM t;
