-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE TABLE log (id integer, note text);
CREATE VIEW v AS SELECT id, email FROM users;
