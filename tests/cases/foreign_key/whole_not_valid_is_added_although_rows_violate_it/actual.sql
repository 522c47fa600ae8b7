-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (n integer);
