-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE TRUSTED LANGUAGE own HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
