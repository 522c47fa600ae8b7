-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
CREATE FUNCTION "S s"."F f"(integer, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR "S s".@#@ (FUNCTION = "S s"."F f", LEFTARG = integer, RIGHTARG = text);
