-- SPDX-License-Identifier: MIT
CREATE LANGUAGE own HANDLER plpgsql_call_handler;
CREATE FUNCTION f() RETURNS integer LANGUAGE own AS 'BEGIN RETURN 1; END';
