-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer PRIMARY KEY, code integer, CONSTRAINT k UNIQUE (code) INCLUDE (id));
CREATE TABLE child (id integer REFERENCES t (code));
