-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE VIEW staff WITH (security_barrier) AS SELECT id, email FROM users WHERE role = 'staff';
CREATE VIEW guests AS SELECT id, email FROM users WHERE role = 'guest' WITH LOCAL CHECK OPTION;
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < (SELECT max(id) FROM users);
