-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE FUNCTION "Odd ""S"."Ädd"(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE "Odd ""S"."Odd ""N"" ame("("Ä" integer) (SFUNC = "Odd ""S"."Ädd", STYPE = integer, INITCOND = '1');
