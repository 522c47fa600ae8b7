-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE FUNCTION add_up(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION finish(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE total(integer) (SFUNC = add_up, STYPE = integer, INITCOND = '1');
CREATE VIEW v AS SELECT total(id) AS t FROM users;
