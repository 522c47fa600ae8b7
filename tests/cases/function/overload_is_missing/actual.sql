-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
