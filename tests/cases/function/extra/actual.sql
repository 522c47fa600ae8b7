-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p(a integer, INOUT b text) LANGUAGE plpgsql AS $$ BEGIN END $$;
