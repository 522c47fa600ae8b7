-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer, n integer CONSTRAINT k REFERENCES p);
