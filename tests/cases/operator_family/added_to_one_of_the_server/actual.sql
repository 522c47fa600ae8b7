-- SPDX-License-Identifier: MIT
CREATE FUNCTION lower_than(integer, numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::numeric < $2';
CREATE OPERATOR <~ (FUNCTION = lower_than, LEFTARG = integer, RIGHTARG = numeric);
CREATE FUNCTION compare(integer, numeric) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0';
