-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION f(integer, text) RETURNS integer LANGUAGE sql AS 'SELECT 3';
