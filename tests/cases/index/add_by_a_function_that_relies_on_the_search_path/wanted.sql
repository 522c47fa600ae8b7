-- SPDX-License-Identifier: MIT
CREATE TABLE t (name text);
CREATE FUNCTION plain(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower($1)';
CREATE FUNCTION plainer(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS
  'BEGIN RETURN plain($1); END';
