-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS k (mcv) ON a, b FROM t;
