-- SPDX-License-Identifier: MIT
CREATE TABLE k (a integer, x integer, y integer);
CREATE FUNCTION low(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < 3';
CREATE VIEW v AS SELECT a FROM k WHERE x > 1;
CREATE POLICY p ON k USING (y > 1);
ALTER TABLE k ADD CONSTRAINT c CHECK (low(a));
