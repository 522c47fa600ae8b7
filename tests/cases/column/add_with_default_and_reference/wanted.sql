-- SPDX-License-Identifier: MIT
CREATE TABLE parents (id integer PRIMARY KEY);
CREATE TABLE t (id integer, c integer NOT NULL DEFAULT 1 REFERENCES parents);
