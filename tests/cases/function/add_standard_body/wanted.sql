-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE FUNCTION emails(wanted text) RETURNS SETOF text
BEGIN ATOMIC
  SELECT email FROM users WHERE role = wanted;
  SELECT email FROM users WHERE role = wanted AND id > 1;
END;
CREATE FUNCTION twice(n integer) RETURNS integer IMMUTABLE RETURN n * 2;
