-- SPDX-License-Identifier: MIT
CREATE FUNCTION back_lt(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2';
CREATE FUNCTION back_le(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 >= $2';
CREATE FUNCTION back_eq(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE FUNCTION back_ge(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <= $2';
CREATE FUNCTION back_gt(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < $2';
CREATE FUNCTION back_cmp(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($2, $1)';
CREATE FUNCTION back_cmp_big(integer, bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT btint84cmp($2, $1)';
CREATE OPERATOR <| (FUNCTION = back_lt, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR <=| (FUNCTION = back_le, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR =| (FUNCTION = back_eq, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR >=| (FUNCTION = back_ge, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR >| (FUNCTION = back_gt, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR CLASS back_ops FOR TYPE integer USING btree AS
  OPERATOR 1 <|, OPERATOR 2 <=|, OPERATOR 3 =|, OPERATOR 4 >=|, OPERATOR 5 >|,
  FUNCTION 1 back_cmp(integer, integer);
CREATE TABLE t (n integer);
CREATE INDEX i ON t (n back_ops);
