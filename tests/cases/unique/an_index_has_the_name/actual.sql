-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
CREATE UNIQUE INDEX k ON t (a);
