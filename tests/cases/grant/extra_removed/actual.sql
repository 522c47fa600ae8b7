-- SPDX-License-Identifier: MIT
CREATE TABLE t (id integer);
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
GRANT SELECT ON t TO pg_monitor;
GRANT SELECT (id) ON t TO pg_monitor;
