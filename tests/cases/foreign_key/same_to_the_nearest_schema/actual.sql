-- SPDX-License-Identifier: MIT
CREATE SCHEMA o;
CREATE TABLE o.p (id integer PRIMARY KEY);
CREATE TABLE p (id integer PRIMARY KEY);
CREATE TABLE c (d integer REFERENCES p);
CREATE TABLE o.c (d integer REFERENCES o.p);
