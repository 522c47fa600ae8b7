-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n + 1';
