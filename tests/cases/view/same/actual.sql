-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE VIEW staff AS SELECT id, email FROM users WHERE role = 'staff';
CREATE VIEW above AS SELECT id FROM staff;
CREATE VIEW v WITH (security_barrier=on) AS SELECT id FROM users;
