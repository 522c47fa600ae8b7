-- SPDX-License-Identifier: MIT
CREATE TABLE users (id integer PRIMARY KEY, email varchar(50), role varchar(10));
CREATE MATERIALIZED VIEW m AS SELECT id, role, email FROM users WHERE id > 1;
CREATE UNIQUE INDEX m_id ON m (id);
CREATE INDEX a_role ON m (role) WHERE id > 5;
CREATE VIEW above AS SELECT id FROM m;
