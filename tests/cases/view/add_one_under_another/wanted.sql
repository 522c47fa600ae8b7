-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE VIEW z AS SELECT id FROM users;
CREATE VIEW m AS SELECT id AS renamed FROM z;
CREATE VIEW a AS SELECT renamed FROM m;
