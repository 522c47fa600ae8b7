-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer, CONSTRAINT k FOREIGN KEY (id) REFERENCES p);
