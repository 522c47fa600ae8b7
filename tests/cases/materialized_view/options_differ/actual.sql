-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE MATERIALIZED VIEW m WITH (fillfactor=80) AS SELECT id FROM users;
