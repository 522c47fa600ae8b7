-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p DEFAULT;
CREATE TABLE t (id integer, a text, n integer);
