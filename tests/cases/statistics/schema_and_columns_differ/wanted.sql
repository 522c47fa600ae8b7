-- SPDX-License-Identifier: MIT
CREATE SCHEMA s;
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS s.k ON a, b, c FROM t;
