-- SPDX-License-Identifier: MIT
CREATE SCHEMA s;
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS k ON a, b FROM t;
