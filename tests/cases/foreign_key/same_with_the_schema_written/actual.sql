-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY, code text UNIQUE, x integer, y integer, UNIQUE (x, y));
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (n) REFERENCES p (id);
