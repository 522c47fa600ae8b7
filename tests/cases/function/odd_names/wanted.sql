-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TYPE "Odd ""S"."Größe (x)" AS ENUM ('a');
CREATE FUNCTION "Odd ""S"."Odd ""N"" ame("("Ärg""um" "Odd ""S"."Größe (x)", "select" numeric(5, 2) DEFAULT 1)
RETURNS "Odd ""S"."Größe (x)" LANGUAGE sql IMMUTABLE AS 'SELECT $1';
