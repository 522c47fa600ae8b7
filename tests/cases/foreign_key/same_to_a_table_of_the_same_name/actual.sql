-- SPDX-License-Identifier: MIT
CREATE SCHEMA s;
CREATE TABLE s.t (id integer PRIMARY KEY);
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (n) REFERENCES s.t (id);
