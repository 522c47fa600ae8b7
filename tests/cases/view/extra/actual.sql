-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE VIEW v AS SELECT id FROM users;
CREATE VIEW a_above AS SELECT id FROM v;
