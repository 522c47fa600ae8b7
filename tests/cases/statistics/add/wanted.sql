-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st ON a, b FROM t;
CREATE STATISTICS one (mcv) ON c, a FROM t;
