-- SPDX-License-Identifier: MIT
CREATE SEQUENCE s;
CREATE TABLE t (id serial, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE u (a integer GENERATED ALWAYS AS IDENTITY, b text GENERATED ALWAYS AS ('x') STORED);
