-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer);
CREATE UNIQUE INDEX ip ON p (id);
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (n) REFERENCES p (id);
