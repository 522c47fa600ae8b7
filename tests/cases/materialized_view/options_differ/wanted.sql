-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE MATERIALIZED VIEW m WITH (fillfactor=70, autovacuum_enabled=false) AS SELECT id FROM users;
