-- SPDX-License-Identifier: MIT
CREATE TRUSTED LANGUAGE own HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE LANGUAGE bare HANDLER plpgsql_call_handler;
CREATE FUNCTION f() RETURNS integer LANGUAGE own AS 'BEGIN RETURN 1; END';
