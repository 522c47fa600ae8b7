-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE VIEW staff AS SELECT id, email FROM users WHERE role = 'guest';
CREATE VIEW above AS SELECT id FROM staff;
