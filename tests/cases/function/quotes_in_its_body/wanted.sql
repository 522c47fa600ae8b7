-- SPDX-License-Identifier: MIT
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1 AS "json"';
