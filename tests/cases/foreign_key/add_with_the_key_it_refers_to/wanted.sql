-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, a text, n integer);
CREATE TABLE p (id integer CONSTRAINT p_key PRIMARY KEY);
ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (n) REFERENCES p (id);
