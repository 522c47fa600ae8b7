-- SPDX-License-Identifier: MIT
CREATE TABLE a (id integer);
CREATE TABLE b (id integer);
CREATE TABLE c (id integer) INHERITS (a);
