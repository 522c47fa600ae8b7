-- SPDX-License-Identifier: MIT
CREATE SCHEMA types;
CREATE TYPE types.mood AS ENUM ('ok', 'bad');
CREATE TABLE t (id integer, a text, n integer);
ALTER TABLE t ADD CONSTRAINT k CHECK (a::types.mood = 'ok');
