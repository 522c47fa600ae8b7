-- SPDX-License-Identifier: MIT
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE t (id integer, c integer CONSTRAINT fk REFERENCES p);
