-- SPDX-License-Identifier: MIT
CREATE SCHEMA types;
CREATE TYPE types.mood AS ENUM ('ok', 'bad');
CREATE TABLE t (id integer, c types.mood DEFAULT 'ok');
