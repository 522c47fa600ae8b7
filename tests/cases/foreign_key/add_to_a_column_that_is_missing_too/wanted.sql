-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer, b integer UNIQUE);
CREATE TABLE c (x integer, y integer REFERENCES p (b));
