-- SPDX-License-Identifier: MIT
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE TABLE t (id integer PRIMARY KEY, n bigint DEFAULT f());
