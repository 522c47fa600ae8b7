-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer, note text);
COMMENT ON TABLE t IS 'a table';
COMMENT ON COLUMN t.note IS 'a column';
CREATE TABLE old (id integer, note text);
COMMENT ON COLUMN old.note IS 'a column';
CREATE VIEW v AS SELECT note FROM old;
COMMENT ON COLUMN v.note IS 'of a view';
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION f() IS 'a function';
