-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS e ON (c IN ('a', 'b')) FROM t;
