-- SPDX-License-Identifier: MIT
CREATE FUNCTION f(a integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1';
