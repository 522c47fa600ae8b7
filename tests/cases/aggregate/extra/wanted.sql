-- SPDX-License-Identifier: MIT
CREATE FUNCTION add_up(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION finish(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
