-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE, x integer, y integer, UNIQUE (x, y));
