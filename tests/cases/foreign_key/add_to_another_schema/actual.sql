-- SPDX-License-Identifier: MIT
CREATE SCHEMA other;
CREATE TABLE other.p (id integer PRIMARY KEY);
CREATE TABLE t (id integer, a text, n integer);
