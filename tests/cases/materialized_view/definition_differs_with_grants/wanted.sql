-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE MATERIALIZED VIEW m AS SELECT id, role, email FROM users WHERE id > 2;
GRANT SELECT ON m TO pg_monitor;
