-- SPDX-License-Identifier: MIT
CREATE SCHEMA o;
CREATE TABLE o.p (id integer PRIMARY KEY);
CREATE TABLE p (id integer PRIMARY KEY, x integer REFERENCES o.p);
CREATE TABLE c (a integer REFERENCES o.p, b integer REFERENCES p);
