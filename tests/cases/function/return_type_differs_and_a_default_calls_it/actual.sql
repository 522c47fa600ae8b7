-- SPDX-License-Identifier: MIT
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id integer PRIMARY KEY, n bigint DEFAULT f());
