-- SPDX-License-Identifier: MIT
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE FUNCTION lower_than(ext.citext, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text < $2::text';
CREATE OPERATOR <~ (FUNCTION = lower_than, LEFTARG = ext.citext, RIGHTARG = integer);
ALTER OPERATOR FAMILY ext.citext_ops USING btree ADD OPERATOR 1 <~ (ext.citext, integer);
