-- SPDX-License-Identifier: MIT
CREATE FUNCTION lower_than(integer, numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::numeric < $2';
CREATE OPERATOR <~ (FUNCTION = lower_than, LEFTARG = integer, RIGHTARG = numeric);
CREATE FUNCTION compare(integer, numeric) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0';
ALTER OPERATOR FAMILY integer_ops USING btree ADD OPERATOR 1 <~ (integer, numeric), FUNCTION 1 (integer, numeric) compare(integer, numeric);
